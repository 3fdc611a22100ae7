import { z } from 'zod'

/** `amount`: exact decimal text, `1234.50`; `text`: as a person reads it, « 1 234,50 € ». */
export const MoneyView = z.object({ amount: z.string(), text: z.string() })
export type MoneyView = z.infer<typeof MoneyView>

export const ChapterRowView = z.object({
  code: z.string(),
  label: z.string(),
  order: z.boolean(),
  value: MoneyView,
  share: z.number(),
  credits: MoneyView.optional(),
  remaining: MoneyView.optional(),
  rate: z.number().optional(),
  after: MoneyView.optional(),
})
export const SideView = z.object({
  direction: z.string(),
  label: z.string(),
  total: MoneyView,
  barLength: z.number(),
  ofWhichOrder: MoneyView,
  credits: MoneyView.optional(),
  remaining: MoneyView.optional(),
  rate: z.number().optional(),
  after: MoneyView.optional(),
  rows: z.array(ChapterRowView),
})
export type SideView = z.infer<typeof SideView>
export const SectionView = z.object({
  section: z.enum(['F', 'I']),
  title: z.string(),
  balance: z.object({
    state: z.enum(['balanced', 'surplus', 'deficit']),
    sentence: z.string(),
    gap: MoneyView,
  }),
  expense: SideView,
  revenue: SideView,
})
export type SectionView = z.infer<typeof SectionView>

/** A budget document as people look at it (see `exports/budget`). */
export const BudgetContent = z.object({
  kind: z.literal('budget'),
  title: z.string(),
  authority: z.string(),
  establishment: z.string(),
  stage: z.object({ code: z.string(), label: z.string() }),
  exercise: z.string(),
  nomenclature: z.string(),
  measure: z.string(),
  reading: z.enum(['forecast', 'account']),
  seal: z.enum(['valid', 'broken', 'absent']),
  sections: z.array(SectionView),
  functions: z.array(
    z.object({
      code: z.string(),
      label: z.string(),
      expense: MoneyView,
      revenue: MoneyView,
      share: z.number(),
    }),
  ),
  information: z.array(z.object({ label: z.string(), value: z.string() })),
})
export type BudgetContent = z.infer<typeof BudgetContent>

const PesTotals = z.object({ ht: MoneyView, tva: MoneyView, ttc: MoneyView })
export const PesPieceView = z.object({
  line: z.number(),
  number: z.string(),
  type: z.string(),
  object: z.string(),
  tiers: z.string(),
  totals: PesTotals,
  documents: z.array(
    z.object({ idUnique: z.string(), name: z.string(), support: z.string(), here: z.boolean() }),
  ),
  lines: z.array(
    z.object({
      number: z.string(),
      account: z.string(),
      function: z.string(),
      object: z.string(),
      ht: MoneyView,
      line: z.number(),
    }),
  ),
})
export type PesPieceView = z.infer<typeof PesPieceView>
export const BordereauView = z.object({
  domain: z.enum(['depense', 'recette']),
  id: z.string(),
  exercice: z.string(),
  number: z.string(),
  type: z.string(),
  date: z.string(),
  signed: z.boolean(),
  declaredHt: z.string(),
  /** The declared total is the sum of the lines. */
  agrees: z.boolean(),
  totals: PesTotals,
  pieces: z.array(PesPieceView),
})
export type BordereauView = z.infer<typeof BordereauView>

/** A PES flow as the signer reads it (pes.md §15). */
export const PesContent = z.object({
  kind: z.literal('pes'),
  message: z.string(),
  nomFic: z.string(),
  date: z.string(),
  codCol: z.string(),
  codBud: z.string(),
  budget: z.string(),
  siret: z.string(),
  poste: z.string(),
  totals: z.array(
    z.object({ domain: z.enum(['depense', 'recette']), dematerialised: z.boolean(), totals: PesTotals }),
  ),
  bordereaux: z.array(BordereauView),
  attachments: z.array(
    z.object({
      idUnique: z.string(),
      name: z.string(),
      type: z.string(),
      size: z.number(),
      readable: z.boolean(),
    }),
  ),
  unknown: z.array(z.object({ name: z.string(), count: z.number() })),
  signatures: z.number(),
})
export type PesContent = z.infer<typeof PesContent>

/** What could not be shown, and why; the file itself is kept. */
export const UnreadableContent = z.object({ kind: z.literal('unreadable'), message: z.string() })

export const FinanceContent = z.discriminatedUnion('kind', [BudgetContent, PesContent, UnreadableContent])
export type FinanceContent = z.infer<typeof FinanceContent>
