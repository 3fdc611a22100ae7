import { fault, type Problem, warning } from '../../core/refusal.ts'
import { euros } from '../budget/amount.ts'
import { DOMAIN_NAME, PIECE_NAME } from './labels.ts'
import type { Bordereau, DeclaredAmount, PesFlow, Piece } from './model.ts'
import { lineRules } from './rules-line.ts'
import { whereIs } from './tree.ts'

/** Rules on bordereaux, pieces and their totals (pes.md §4, §5, §14). */
export function bordereauRules(flow: PesFlow): Problem[] {
  const dematerialised = new Set(flow.domains.filter((d) => d.dematerialised).map((d) => d.domain))
  return [
    ...duplicates(
      flow.bordereaux,
      (b) => `${b.domain} ${b.exercice} ${b.type} ${b.number}`,
      (b) =>
        fault(
          'PES_BORDEREAU_TWICE',
          `Le bordereau de ${DOMAIN_NAME[b.domain]} n° ${b.number} (${b.exercice}) est présent deux fois dans le flux.`,
          whereIs(b),
        ),
    ),
    ...flow.bordereaux.flatMap((b) => [
      ...cumulative(b, dematerialised.has(b.domain)),
      ...counts(b),
      ...amounts(b),
      ...vat(b),
      ...duplicates(
        b.pieces,
        (p) => p.number,
        (p) =>
          fault(
            'PES_PIECE_TWICE',
            `Le ${PIECE_NAME[b.domain]} n° ${p.number} est présent deux fois dans le bordereau n° ${b.number}.`,
            whereIs(p),
          ),
      ),
      ...b.pieces.flatMap((p) => pieceRules(b, p)),
    ]),
  ]
}

/** Name of a bordereau in a sentence: « du bordereau de dépense n° 41 ». */
const named = (b: Bordereau): string => `bordereau de ${DOMAIN_NAME[b.domain]} n° ${b.number}`

function pieceRules(b: Bordereau, piece: Piece): Problem[] {
  return [
    ...duplicates(
      piece.lines,
      (l) => l.number,
      (l) =>
        fault(
          'PES_LINE_TWICE',
          `La ligne n° ${l.number} est présente deux fois dans le ${PIECE_NAME[b.domain]} n° ${piece.number}.`,
          whereIs(l),
        ),
    ),
    ...piece.lines.flatMap((line) => lineRules(b, piece, line)),
  ]
}

function duplicates<T>(items: readonly T[], key: (item: T) => string, told: (item: T) => Problem): Problem[] {
  const seen = new Set<string>()
  return items.flatMap((item) => {
    const k = key(item)
    if (!seen.has(k)) {
      seen.add(k)
      return []
    }
    return [told(item)]
  })
}

// XSD documentation of MtCumulAnnuel: mandatory when InfoDematerialisee is 1, else the bordereau is rejected.
function cumulative(b: Bordereau, dematerialised: boolean): Problem[] {
  if (!dematerialised || b.cumulative) return []
  return [
    fault(
      'PES_CUMUL_MISSING',
      `Le cumul annuel (MtCumulAnnuel) manque dans le ${named(b)} : il est obligatoire dans un flux dématérialisé.`,
      whereIs(b),
    ),
  ]
}

function counts(b: Bordereau): Problem[] {
  if (Number(b.pieceCount.text) === b.pieces.length) return []
  return [
    warning(
      'PES_PIECE_COUNT',
      `Le ${named(b)} annonce ${b.pieceCount.text || '0'} pièce(s) et en contient ${b.pieces.length}.`,
      whereIs(b.pieceCount),
    ),
  ]
}

function amounts(b: Bordereau): Problem[] {
  const problems: Problem[] = []
  for (const [name, amount] of [
    ['le montant hors taxes', b.ht],
    ['la TVA', b.tva],
    ['le cumul annuel', b.cumulative],
  ] as const) {
    if (!amount) continue
    if (amount.cents === null || amount.cents < 0n)
      problems.push(
        fault(
          'PES_AMOUNT',
          `Dans le ${named(b)}, ${name} « ${amount.text} » n’est pas un montant valable (positif, point décimal, deux décimales).`,
          whereIs(amount),
        ),
      )
  }
  if (b.ht.cents !== null && b.ht.cents !== b.totals.ht)
    problems.push(mismatch('PES_TOTAL_HT', b, 'hors taxes', b.ht, b.totals.ht))
  if (b.tva?.cents != null && b.tva.cents !== b.totals.tva)
    problems.push(mismatch('PES_TOTAL_TVA', b, 'de TVA', b.tva, b.totals.tva))
  return problems
}

function mismatch(
  code: string,
  b: Bordereau,
  what: string,
  declared: DeclaredAmount,
  computed: bigint,
): Problem {
  const gap = (declared.cents ?? 0n) - computed
  return warning(
    code,
    `Le ${named(b)} déclare ${euros(declared.cents ?? 0n)} ${what} alors que ses lignes font ${euros(computed)} (écart ${euros(gap)}).`,
    whereIs(declared),
  )
}

// XSD documentation of MtBordTVA: positive if and only if one line at least has a positive MtTVA.
function vat(b: Bordereau): Problem[] {
  const declared = (b.tva?.cents ?? 0n) > 0n
  const taxed = b.pieces.flatMap((p) => p.lines).find((l) => (l.tva?.cents ?? 0n) > 0n)
  if (declared === (taxed !== undefined)) return []
  return [
    declared
      ? warning(
          'PES_TVA_LINES',
          `Le ${named(b)} déclare de la TVA (MtBordTVA) mais aucune ligne n’en porte : il serait rejeté.`,
          whereIs(b.tva),
        )
      : warning(
          'PES_TVA_BORDEREAU',
          `Des lignes du ${named(b)} portent de la TVA mais MtBordTVA est absent ou nul : il serait rejeté.`,
          whereIs(taxed),
        ),
  ]
}
