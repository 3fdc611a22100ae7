import type { FinanceContent, MoneyView, PesContent } from '../contracts/finance.ts'
import { Refusal } from '../core/refusal.ts'
import { type Cents, euros, formatAmount } from '../exports/budget/amount.ts'
import { checkBudget } from '../exports/budget/check.ts'
import { findPlan } from '../exports/budget/plans.ts'
import { readBudget } from '../exports/budget/read.ts'
import { budgetView } from '../exports/budget/view.ts'
import { labelOf, PIECE_NAME, SUPPORT, TYP_BORD, TYP_PCE, TYPE_PJ } from '../exports/pes/labels.ts'
import type { PesFlow, Piece, Totals } from '../exports/pes/model.ts'
import { domainTotals, readPes } from '../exports/pes/read.ts'

const money = (cents: Cents): MoneyView => ({ amount: formatAmount(cents), text: euros(cents) })
const totalsOf = (t: Totals) => ({ ht: money(t.ht), tva: money(t.tva), ttc: money(t.ttc) })

const tiersOf = (piece: Piece): string => {
  const tiers = piece.lines.flatMap((l) => l.tiers)[0]
  return tiers ? [tiers.title, tiers.firstName, tiers.name].filter(Boolean).join(' ') : ''
}

function pesContent(flow: PesFlow): PesContent {
  const here = new Set(flow.attachments.map((a) => a.idUnique))
  return {
    kind: 'pes',
    message: 'PES_Aller',
    nomFic: flow.header.nomFic.text,
    date: flow.header.dteStr,
    codCol: flow.header.codCol.text,
    codBud: flow.header.codBud.text,
    budget: flow.header.libelleColBud,
    siret: flow.header.idColl.text,
    poste: [flow.header.idPost.text, flow.header.libellePoste].filter(Boolean).join(' '),
    totals: flow.domains.map((d) => ({
      domain: d.domain,
      dematerialised: d.dematerialised,
      totals: totalsOf(domainTotals(flow, d.domain)),
    })),
    bordereaux: flow.bordereaux.map((b) => ({
      domain: b.domain,
      id: b.id,
      exercice: b.exercice,
      number: b.number,
      type: labelOf(TYP_BORD[b.domain], b.type),
      date: b.date,
      signed: b.signed,
      declaredHt: b.ht.cents === null ? b.ht.text : euros(b.ht.cents),
      agrees: b.ht.cents === b.totals.ht,
      totals: totalsOf(b.totals),
      pieces: b.pieces.map((p) => ({
        line: p.line,
        number: p.number,
        type: labelOf(TYP_PCE[b.domain], p.type),
        object: p.object,
        tiers: tiersOf(p),
        totals: totalsOf(p.totals),
        documents: [...p.references, ...p.lines.flatMap((l) => l.references)].map((r) => ({
          idUnique: r.idUnique,
          name: r.name || r.idUnique,
          support: labelOf(SUPPORT, r.support),
          here: here.has(r.idUnique),
        })),
        lines: p.lines.map((l) => ({
          number: l.number,
          account: l.account,
          function: l.function,
          object: l.object,
          ht: money(l.ht.cents ?? 0n),
          line: l.line,
        })),
      })),
    })),
    attachments: flow.attachments.map((a) => ({
      idUnique: a.idUnique,
      name: a.name,
      type: labelOf(TYPE_PJ, a.type),
      size: a.content.state === 'readable' ? a.content.size : 0,
      readable: a.content.state === 'readable',
    })),
    unknown: flow.unknown.map(({ name, count }) => ({ name, count })),
    signatures: flow.signatures.length,
  }
}

/** The readable model of a finance file; a file that can't be read says why and stays kept. */
export function financeContent(kind: 'pes' | 'budget', bytes: Uint8Array): FinanceContent {
  try {
    if (kind === 'pes') return pesContent(readPes(bytes))
    const file = readBudget(bytes)
    return {
      kind: 'budget',
      seal: checkBudget(bytes).seal,
      ...budgetView(file, findPlan(file.header.nomenclature)),
    }
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'unreadable', message: error.message }
    throw error
  }
}

/** How people recognise the file: « Mandats, bordereau 41 », « Compte administratif 2023 – Budget principal ». */
export function financeTitle(kind: 'pes' | 'budget', bytes: Uint8Array, name: string): string {
  const content = financeContent(kind, bytes)
  if (content.kind === 'budget') return content.title
  if (content.kind === 'unreadable') return name
  const groups = (['depense', 'recette'] as const).flatMap((domain) => {
    const numbers = content.bordereaux.filter((b) => b.domain === domain).map((b) => b.number)
    return numbers.length
      ? [`${PIECE_NAME[domain]}s, bordereau${numbers.length > 1 ? 'x' : ''} ${numbers.join(', ')}`]
      : []
  })
  const title = groups.join(' ; ')
  return title ? title.charAt(0).toUpperCase() + title.slice(1) : name
}
