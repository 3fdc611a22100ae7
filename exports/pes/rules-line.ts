import { fault, type Problem, warning } from '../../core/refusal.ts'
import { MOD_REGL } from './labels.ts'
import type { Bordereau, Piece, PieceLine } from './model.ts'
import { tiersRules } from './rules-tiers.ts'
import { whereIs } from './tree.ts'

const NEEDS_BANK = new Set(['03', '05'])
const FORBIDS_BANK = new Set(['01', '02', '04', '07', '08', '09', '11'])

/** Rules on one line of a mandat or of a titre (XSD documentation of NS_Depense and NS_Recette). */
export function lineRules(b: Bordereau, piece: Piece, line: PieceLine): Problem[] {
  return [
    ...lineAmounts(b, line),
    ...(b.domain === 'depense'
      ? [...paymentRules(line), ...originRules(b, piece, line)]
      : surchargeRules(line)),
    ...line.tiers.flatMap((tiers) => tiersRules(tiers)),
  ]
}

function lineAmounts(b: Bordereau, line: PieceLine): Problem[] {
  const problems: Problem[] = []
  for (const [name, amount] of [
    ['MtHT', line.ht],
    ['MtTVA', line.tva],
  ] as const) {
    if (!amount) continue
    if (amount.cents === null || amount.cents < 0n)
      problems.push(
        fault(
          'PES_AMOUNT',
          `Le montant ${name} « ${amount.text} » n’est pas valable : positif, point décimal, deux décimales.`,
          whereIs(amount),
        ),
      )
    else if (b.domain === 'recette' && amount.cents === 0n)
      problems.push(
        fault(
          'PES_AMOUNT_ZERO',
          `En recette, ${name} ne peut pas être nul${name === 'MtTVA' ? ' : retirez-le quand il n’y a pas de TVA' : ''}.`,
          whereIs(amount),
        ),
      )
  }
  return problems
}

function paymentRules(line: PieceLine): Problem[] {
  const hasBank = line.tiers.some((t) => t.bank)
  const name = MOD_REGL[line.payment] ?? line.payment
  if (NEEDS_BANK.has(line.payment) && !hasBank)
    return [
      warning(
        'PES_BANK_MISSING',
        `Le mode de règlement « ${name} » demande un compte bancaire : le bordereau serait rejeté.`,
        whereIs(line),
      ),
    ]
  if (FORBIDS_BANK.has(line.payment) && hasBank)
    return [
      warning(
        'PES_BANK_FORBIDDEN',
        `Le mode de règlement « ${name} » interdit un compte bancaire : le bordereau serait rejeté.`,
        whereIs(line),
      ),
    ]
  return []
}

const NEEDS_ORIGIN = new Set(['02-02-06', '01-02-09', '02-02-10', '01-13-01'])

function originRules(b: Bordereau, piece: Piece, line: PieceLine): Problem[] {
  const triplet = `${b.type}-${piece.type}-${piece.nature}`
  const { origin } = line
  if (!origin)
    return NEEDS_ORIGIN.has(triplet)
      ? [
          warning(
            'PES_ORIGIN_MISSING',
            `Une pièce de ce type (${triplet}) doit désigner la pièce d’origine (RattachPiece).`,
            whereIs(line),
          ),
        ]
      : []
  const number = Number(origin.line || '0')
  const wantsLine = ['01', '02', '05'].includes(origin.nature)
  if (wantsLine !== number >= 1)
    return [
      warning(
        'PES_ORIGIN_LINE',
        wantsLine
          ? 'Le rattachement (RattachPiece) doit désigner une ligne d’origine (IdLigneOrig).'
          : 'Le rattachement (RattachPiece) ne doit pas désigner de ligne d’origine (IdLigneOrig).',
        whereIs(line),
      ),
    ]
  const expected = piece.type === '05' ? '03' : triplet === '01-07-01' ? '04' : origin.nature
  return expected === origin.nature
    ? []
    : [
        warning(
          'PES_ORIGIN_NATURE',
          `La nature de la pièce d’origine (NatPceOrig) devrait être ${expected}.`,
          whereIs(line),
        ),
      ]
}

function surchargeRules(line: PieceLine): Problem[] {
  const { surcharge } = line
  if (!surcharge) return []
  const complete = surcharge.date !== '' && surcharge.rate !== '' && line.origin?.nature === '05'
  if (surcharge.asked && !complete)
    return [
      warning(
        'PES_SURCHARGE',
        'Une majoration (Majo = 1) demande DteMajo, TxMajo et un rattachement de nature 05.',
        whereIs(line),
      ),
    ]
  if (!surcharge.asked && (surcharge.date || surcharge.rate))
    return [
      warning(
        'PES_SURCHARGE',
        'Sans majoration (Majo = 0), DteMajo et TxMajo doivent être absents.',
        whereIs(line),
      ),
    ]
  return []
}
