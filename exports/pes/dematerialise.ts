import { Refusal } from '../../core/refusal.ts'
import { DOMAIN_NAME } from './labels.ts'
import { readPes } from './read.ts'

export type PreparedFlow = {
  bytes: Uint8Array
  /** What was changed, in French, one sentence each; empty when nothing was. */
  changes: string[]
}

type Edit = { from: number; to: number; text: string; told: string }

/**
 * Makes an unsigned flow ready to be signed: InfoDematerialisee set to 1 in every domain, an Id on each Bordereau that
 * has none (and on the root with `root: true`, for a signature of the whole flow). The other bytes stay as they are.
 * Refuses: `PES_SIGNED` (it would break a signature), `PES_CUMUL_MISSING` (MtCumulAnnuel becomes mandatory), `PES_ROOT`.
 */
export function prepareForSignature(bytes: Uint8Array, options: { root?: boolean } = {}): PreparedFlow {
  const flow = readPes(bytes)
  if (flow.signatures.length > 0)
    throw new Refusal('PES_SIGNED', 'Le flux est déjà signé : le modifier casserait sa signature.', {
      family: 'impossible',
      where: `ligne ${flow.signatures[0]!.line}`,
    })
  const lacking = flow.bordereaux.find((b) => !b.cumulative)
  if (lacking)
    throw new Refusal(
      'PES_CUMUL_MISSING',
      `Le cumul annuel (MtCumulAnnuel) manque dans le bordereau de ${DOMAIN_NAME[lacking.domain]} n° ${lacking.number} : il est obligatoire dans un flux dématérialisé. Demandez un nouvel export à l’éditeur.`,
      { where: `ligne ${lacking.line}` },
    )
  // One character per byte: offsets in the text are offsets in the file, whatever its encoding.
  const text = Buffer.from(bytes).toString('latin1')
  const visible = text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, (hidden) =>
    ' '.repeat(hidden.length),
  )
  const edits = [...flagEdits(visible), ...idEdits(visible, flow, options.root ?? false)].sort(
    (a, b) => a.from - b.from,
  )
  let result = ''
  let at = 0
  for (const edit of edits) {
    result += text.slice(at, edit.from) + edit.text
    at = edit.to
  }
  const prepared = new Uint8Array(Buffer.from(result + text.slice(at), 'latin1'))
  assertPrepared(prepared, flow.bordereaux.length)
  return { bytes: prepared, changes: edits.map((e) => e.told) }
}

function flagEdits(visible: string): Edit[] {
  const edits: Edit[] = []
  for (const header of visible.matchAll(
    /<EnTete(Depense|Recette)(?=[\s>])[^>]*>([\s\S]*?)<\/EnTete\1\s*>/g,
  )) {
    const inside = header.index + header[0].indexOf('>') + 1
    const domain = header[1] === 'Depense' ? 'dépense' : 'recette'
    const flag = /<InfoDematerialisee\s[^>]*?V\s*=\s*(["'])([^"']*)\1/.exec(header[2]!)
    if (!flag) {
      const end = header.index + header[0].lastIndexOf('</')
      edits.push({
        from: end,
        to: end,
        text: '<InfoDematerialisee V="1"/>',
        told: `InfoDematerialisee ajouté (1) en ${domain}.`,
      })
    } else if (!/^\s*(1|true)\s*$/.test(flag[2]!)) {
      const to = inside + flag.index + flag[0].length - 1
      edits.push({
        from: to - flag[2]!.length,
        to,
        text: '1',
        told: `InfoDematerialisee passé de ${flag[2]} à 1 en ${domain}.`,
      })
    }
  }
  return edits
}

function idEdits(visible: string, flow: ReturnType<typeof readPes>, root: boolean): Edit[] {
  const edits: Edit[] = []
  const taken = new Set([...visible.matchAll(/\sId\s*=\s*["']([^"']*)["']/g)].map((m) => m[1]!))
  const fresh = (wanted: string): string => {
    let id = wanted
    for (let n = 2; taken.has(id); n++) id = `${wanted}_${n}`
    taken.add(id)
    return id
  }
  const tags = [...visible.matchAll(/<Bordereau(?=[\s>])([^>]*)>/g)]
  for (const [i, bordereau] of flow.bordereaux.entries()) {
    const tag = tags[i]
    if (!tag || bordereau.id !== '') continue
    const id = fresh(
      `BORD${bordereau.domain === 'depense' ? 'DEP' : 'REC'}${bordereau.exercice}${bordereau.number.padStart(5, '0')}`,
    )
    const from = tag.index + '<Bordereau'.length
    edits.push({
      from,
      to: from,
      text: ` Id="${id}"`,
      told: `Identifiant ${id} ajouté au bordereau n° ${bordereau.number}.`,
    })
  }
  const rootTag = /<(?:[\w.-]+:)?PES_Aller(?=[\s>])/.exec(visible)
  if (root && flow.root.id === '' && rootTag) {
    const id = fresh(`PES${flow.header.nomFic.text.replace(/[^0-9A-Za-z]/g, '')}`)
    const from = rootTag.index + rootTag[0].length
    edits.push({ from, to: from, text: ` Id="${id}"`, told: `Identifiant ${id} ajouté au flux.` })
  }
  return edits
}

// The edits were found in the text; reading the result again proves that they fell where they should.
function assertPrepared(bytes: Uint8Array, bordereaux: number): void {
  const flow = readPes(bytes)
  if (
    flow.bordereaux.length === bordereaux &&
    flow.bordereaux.every((b) => b.id !== '') &&
    flow.domains.every((d) => d.dematerialised)
  )
    return
  throw new Refusal(
    'PES_PREPARE',
    'Le flux n’a pas pu être préparé pour la signature sans risque : il est laissé tel quel.',
    {
      family: 'impossible',
    },
  )
}
