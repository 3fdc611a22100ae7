import { type Cents, formatAmount } from '../budget/amount.ts'
import type { PesAcquit } from './acquit.ts'
import { inventory } from './inventory.ts'
import type { PesDomain, PesFlow, PesHeader, Totals } from './model.ts'
import { domainTotals } from './read.ts'
import type { PesAcquitRetour, PesRetour } from './retour.ts'

/** Amounts are decimal strings ("1234.50"), exact to the cent. */
export type AmountSummary = { ht: string; tva: string; ttc: string }

export type HeaderSummary = {
  nomFic: string
  typFic: string
  date: string
  siret: string
  codCol: string
  codBud: string
  budget: string
  poste: string
  emetteur: string
}

export type PesSummary =
  | ({
      message: 'PES_Aller'
      bordereaux: BordereauSummary[]
      /** Dépense and recette are never added together. */
      totals: Partial<Record<PesDomain, AmountSummary>>
      dematerialised: Partial<Record<PesDomain, boolean>>
      attachments: { count: number; bytes: number; missing: number; orphans: number; unreadable: number }
      signatures: number
    } & HeaderSummary)
  | ({
      message: 'PES_ACQUIT'
      version: 'v1' | 'v2'
      state: PesAcquit['state']
      bordereaux: {
        domain: PesDomain | ''
        exercice: string
        number: string
        accepted: boolean
        errors: string[]
      }[]
      attachments: { idUnique: string; accepted: boolean; errors: string[] }[]
      flowErrors: string[]
    } & HeaderSummary)
  | ({ message: 'PES_Retour'; restitution: string; pieces: ReturnedPieceSummary[] } & HeaderSummary)
  | ({ message: 'PES_ACQUIT_RETOUR'; received: PesAcquitRetour['received'] } & HeaderSummary)

export type BordereauSummary = {
  domain: PesDomain
  id: string
  exercice: string
  number: string
  type: string
  date: string
  pieces: number
  lines: number
  declaredHt: string
  cumulative: string
  totals: AmountSummary
  signed: boolean
}

export type ReturnedPieceSummary = {
  domain: PesDomain
  exercice: string
  bordereau: string
  number: string
  state: string
  reasons: string[]
  comment: string
  mayBeSentAgain: boolean | null
  paid: string
}

const amounts = (totals: Totals): AmountSummary => ({
  ht: formatAmount(totals.ht),
  tva: formatAmount(totals.tva),
  ttc: formatAmount(totals.ttc),
})

const orEmpty = (cents: Cents | null | undefined): string => (cents == null ? '' : formatAmount(cents))

const headerOf = (header: PesHeader): HeaderSummary => ({
  nomFic: header.nomFic.text,
  typFic: header.typFic,
  date: header.dteStr,
  siret: header.idColl.text,
  codCol: header.codCol.text,
  codBud: header.codBud.text,
  budget: header.libelleColBud,
  poste: [header.idPost.text, header.libellePoste].filter(Boolean).join(' '),
  emetteur: [header.emetteur.sigle, header.emetteur.adresse].filter(Boolean).join(', '),
})

/** A flow in plain JSON, for lists and machines. */
export function summarizeFlow(flow: PesFlow): PesSummary {
  const { missing, orphans } = inventory(flow)
  const contents = flow.attachments.map((a) => a.content)
  return {
    message: 'PES_Aller',
    ...headerOf(flow.header),
    bordereaux: flow.bordereaux.map((b) => ({
      domain: b.domain,
      id: b.id,
      exercice: b.exercice,
      number: b.number,
      type: b.type,
      date: b.date,
      pieces: b.pieces.length,
      lines: b.pieces.reduce((n, p) => n + p.lines.length, 0),
      declaredHt: orEmpty(b.ht.cents),
      cumulative: orEmpty(b.cumulative?.cents),
      totals: amounts(b.totals),
      signed: b.signed,
    })),
    totals: Object.fromEntries(flow.domains.map((d) => [d.domain, amounts(domainTotals(flow, d.domain))])),
    dematerialised: Object.fromEntries(flow.domains.map((d) => [d.domain, d.dematerialised])),
    attachments: {
      count: flow.attachments.length,
      bytes: contents.reduce((n, c) => n + (c.state === 'readable' ? c.size : 0), 0),
      missing: missing.length,
      orphans: orphans.length,
      unreadable: contents.filter((c) => c.state !== 'readable').length,
    },
    signatures: flow.signatures.length,
  }
}

/** An acquit in plain JSON. */
export function summarizeAcquit(acquit: PesAcquit): PesSummary {
  const told = (errors: PesAcquit['flowErrors']) =>
    errors.map((e) => {
      const place = [e.piece && `pièce ${e.piece}`, e.pieceLine && `ligne ${e.pieceLine}`]
        .filter(Boolean)
        .join(', ')
      return [place, e.message || e.code].filter(Boolean).join(' : ')
    })
  return {
    message: 'PES_ACQUIT',
    ...headerOf(acquit.header),
    version: acquit.version,
    state: acquit.state,
    bordereaux: acquit.bordereaux.map((b) => ({ ...b, domain: b.domain ?? '', errors: told(b.errors) })),
    attachments: acquit.attachments.map((a) => ({ ...a, errors: told(a.errors) })),
    flowErrors: told(acquit.flowErrors),
  }
}

/** A return in plain JSON. */
export const summarizeRetour = (retour: PesRetour): PesSummary => ({
  message: 'PES_Retour',
  ...headerOf(retour.header),
  restitution: retour.restitution,
  pieces: retour.pieces.map((p) => ({
    domain: p.domain,
    exercice: p.exercice,
    bordereau: p.bordereau,
    number: p.number,
    state: p.stateLabel,
    reasons: p.observations.map((o) => o.label),
    comment: p.comment,
    mayBeSentAgain: p.mayBeSentAgain ?? null,
    paid: formatAmount(p.paid),
  })),
})

/** A receipt of returns in plain JSON. */
export const summarizeAcquitRetour = (receipt: PesAcquitRetour): PesSummary => ({
  message: 'PES_ACQUIT_RETOUR',
  ...headerOf(receipt.header),
  received: receipt.received,
})
