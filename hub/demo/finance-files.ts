import { renderAnnex } from '../../documents/render.ts'
import { type SampleLine, sampleBudget } from '../../exports/budget/sample-budget.ts'
import { sealBudget, sealDate } from '../../exports/budget/write-seal.ts'
import { demoInvoices, demoPes } from './pes-flow.ts'

type Row = [nature: string, chapter: string, direction: 'D' | 'R', amount: number, fonction?: string]

// Both sections balance, the transfer between them (021, 023) included.
const running: Row[] = [
  ['60612', '011', 'D', 268_400, '020'],
  ['6067', '011', 'D', 41_200, '281'],
  ['615221', '011', 'D', 187_650, '020'],
  ['6156', '011', 'D', 64_300, '020'],
  ['64111', '012', 'D', 1_842_000, '020'],
  ['6453', '012', 'D', 512_800, '020'],
  ['65748', '65', 'D', 54_000, '30'],
  ['66111', '66', 'D', 38_750, '01'],
  ['73111', '731', 'R', 2_214_300],
  ['74111', '74', 'R', 861_500],
  ['7067', '70', 'R', 164_200, '281'],
  ['752', '75', 'R', 72_100, '020'],
]
const investing: Row[] = [
  ['21312', '21', 'D', 620_000, '212'],
  ['2151', '21', 'D', 310_000, '845'],
  ['2031', '20', 'D', 48_000, '212'],
  ['1641', '16', 'D', 192_000, '01'],
  ['1321', '13', 'R', 496_000, '212'],
  ['10222', '10', 'R', 118_000, '01'],
]
const transferLines = (amount: number): SampleLine[] => [
  {
    nature: '023',
    direction: 'D',
    chapter: '023',
    order: true,
    orderType: '2',
    amounts: { MtPrev: amount.toFixed(2) },
  },
  {
    nature: '021',
    direction: 'R',
    chapter: '021',
    order: true,
    orderType: '2',
    amounts: { MtPrev: amount.toFixed(2) },
  },
]
const line = ([nature, chapter, direction, amount, fonction]: Row): SampleLine => ({
  nature,
  chapter,
  direction,
  ...(fonction ? { fonction } : {}),
  amounts: { MtPrev: amount.toFixed(2) },
})
const sum = (rows: Row[], direction: 'D' | 'R') =>
  rows.filter((r) => r[2] === direction).reduce((n, r) => n + r[3], 0)

/** A fictional primary budget of the next exercise, balanced and sealed. */
export function demoBudget(now: Date): Uint8Array {
  const transfer = sum(running, 'R') - sum(running, 'D')
  const loan = sum(investing, 'D') - sum(investing, 'R') - transfer
  const lines = [
    ...running.map(line),
    ...investing.map(line),
    line(['1641', '16', 'R', loan, '01']),
    ...transferLines(transfer),
  ]
  const bytes = sampleBudget({ exercice: String(now.getUTCFullYear() + 1), siret: '21990000800018', lines })
  return sealBudget(bytes, { date: sealDate(now) }).bytes
}

const euros = (cents: number): string =>
  `${(cents / 100).toLocaleString('fr-FR', { minimumFractionDigits: 2 })} €`

async function invoices(now: Date): Promise<Map<string, Uint8Array>> {
  const pdfs = new Map<string, Uint8Array>()
  for (const i of demoInvoices)
    pdfs.set(
      i.id,
      await renderAnnex({
        letterhead: { name: i.tiers, addressLines: ['3 rue de la Halle', '99100 Démoville'] },
        createdAt: now.toISOString(),
        demonstration: true,
        title: i.title,
        blocks: [
          { kind: 'paragraph', text: 'Ville de Démoville, service des finances.' },
          {
            kind: 'table',
            header: ['Désignation', 'Montant'],
            rows: [
              [i.object, euros(i.cents)],
              ['Net à payer', euros(i.cents)],
            ],
            total: true,
          },
          { kind: 'paragraph', text: 'Règlement à trente jours par virement.' },
        ],
      }),
    )
  return pdfs
}

export type DemoFinanceFile = { kind: 'pes' | 'budget'; name: string; bytes: Buffer; mediaType: string }

/** The PES flow and the budget that the demonstration's finance service has just received. */
export async function demoFinanceFiles(now: Date): Promise<DemoFinanceFile[]> {
  const day = now.toISOString().slice(0, 10)
  return [
    {
      kind: 'pes',
      name: 'PESALR2_mandats_118_119.xml',
      bytes: Buffer.from(demoPes(day, await invoices(now))),
      mediaType: 'application/xml',
    },
    {
      kind: 'budget',
      name: 'budget-primitif.xml',
      bytes: Buffer.from(demoBudget(now)),
      mediaType: 'application/xml',
    },
  ]
}
