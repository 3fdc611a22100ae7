import { fault, type Problem, warning } from '../../core/refusal.ts'
import { DOMAIN_NAME } from './labels.ts'
import type { PesFlow } from './model.ts'
import { whereIs } from './tree.ts'

type Named = { id: string; line: number }

/** Rules on xs:ID (pes.md §2, §14): letter first, unique in the file, present where a signature must point. */
export function idRules(flow: PesFlow, everyId: readonly Named[]): Problem[] {
  const problems: Problem[] = []
  const seen = new Map<string, number>()
  for (const named of everyId) {
    if (!/^[\p{L}_][\p{L}\p{N}._-]*$/u.test(named.id))
      problems.push(
        fault(
          'PES_ID_INVALID',
          `L’identifiant « ${named.id} » n’est pas valable : il doit commencer par une lettre, sans espace.`,
          whereIs(named),
        ),
      )
    const first = seen.get(named.id)
    if (first !== undefined)
      problems.push(
        fault(
          'PES_ID_TWICE',
          `L’identifiant « ${named.id} » est déjà employé à la ligne ${first}.`,
          whereIs(named),
        ),
      )
    else seen.set(named.id, named.line)
  }
  for (const bordereau of flow.bordereaux)
    if (bordereau.id === '')
      problems.push(
        warning(
          'PES_ID_MISSING',
          `Un bordereau de ${DOMAIN_NAME[bordereau.domain]} n’a pas d’identifiant (Id) : il ne peut pas être signé seul.`,
          whereIs(bordereau),
        ),
      )
  return problems
}
