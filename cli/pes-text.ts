import { euros } from '../exports/budget/amount.ts'
import {
  DOMAIN_NAME,
  labelOf,
  MOD_REGL,
  NAT_PCE,
  PIECE_NAME,
  SUPPORT,
  TYP_BORD,
  TYP_PCE,
  TYPE_PJ,
} from '../exports/pes/labels.ts'
import type {
  Attachment,
  AttachmentReference,
  Bordereau,
  PesFlow,
  Piece,
  PieceLine,
  Totals,
} from '../exports/pes/model.ts'
import { domainTotals } from '../exports/pes/read.ts'
import type { PesSummary } from '../exports/pes/summary.ts'
import type { XadesReport } from '../signing/xades/report.ts'

const frenchDate = (iso: string): string =>
  /^\d{4}-\d\d-\d\d/.test(iso) ? iso.slice(0, 10).split('-').reverse().join('/') : iso
const plural = (n: number, word: string): string => `${n} ${word}${n > 1 ? 's' : ''}`
const joined = (...parts: (string | undefined | false)[]): string => parts.filter(Boolean).join(', ')

const money = (t: Totals): string =>
  t.tva === 0n ? `${euros(t.ht)}` : `${euros(t.ttc)} TTC (${euros(t.ht)} HT + ${euros(t.tva)} TVA)`

/** What a signer must see of a PES_Aller before signing, as French text. */
export function flowText(flow: PesFlow): string {
  const { header } = flow
  const carried = new Map(flow.attachments.map((a) => [a.idUnique, a]))
  const lines = [
    `Flux PES aller ${header.nomFic.text || '(sans nom)'}`,
    `  ${joined(header.libelleColBud.trim() || 'Budget sans libellé', `collectivité ${header.codCol.text}`, `budget ${header.codBud.text}`, `SIRET ${header.idColl.text}`)}`,
    `  ${joined(`poste comptable ${header.idPost.text} ${header.libellePoste}`.trim(), `du ${frenchDate(header.dteStr)}`, `éditeur ${header.emetteur.sigle} ${header.emetteur.adresse}`.trim())}`,
  ]
  for (const d of flow.domains)
    lines.push(
      `  ${DOMAIN_NAME[d.domain]} : ${d.dematerialised ? 'flux dématérialisé, à signer' : 'InfoDematerialisee = 0'}`,
    )
  for (const bordereau of flow.bordereaux) lines.push('', ...bordereauText(flow, bordereau, carried))
  lines.push('')
  for (const d of flow.domains) {
    const count = flow.bordereaux.filter((b) => b.domain === d.domain).length
    lines.push(
      `Total ${DOMAIN_NAME[d.domain]} : ${money(domainTotals(flow, d.domain))} (${count} ${count > 1 ? 'bordereaux' : 'bordereau'})`,
    )
  }
  lines.push(`Pièces jointes dans le fichier : ${flow.attachments.length}`)
  return `${lines.join('\n')}\n`
}

function bordereauText(flow: PesFlow, b: Bordereau, carried: ReadonlyMap<string, Attachment>): string[] {
  const state = b.signed || flow.signatures.some((s) => s.target === flow.root.id) ? 'signé' : 'non signé'
  return [
    `Bordereau de ${DOMAIN_NAME[b.domain]} n° ${b.number} (${joined(b.exercice, labelOf(TYP_BORD[b.domain], b.type))}) du ${frenchDate(b.date)}, ${plural(b.pieces.length, PIECE_NAME[b.domain])}, ${state}`,
    `  Total ${money(b.totals)}${b.cumulative?.cents == null ? '' : ` ; cumul annuel ${euros(b.cumulative.cents)}`}`,
    ...b.pieces.flatMap((piece) => pieceText(b, piece, carried)),
  ]
}

function pieceText(b: Bordereau, piece: Piece, carried: ReadonlyMap<string, Attachment>): string[] {
  const name = PIECE_NAME[b.domain]
  const tiers = [...new Set(piece.lines.flatMap((l) => l.tiers.map((t) => joined(t.name, t.firstName))))]
  return [
    `  ${name[0]!.toUpperCase()}${name.slice(1)} n° ${piece.number} : ${piece.object || 'sans objet'}`,
    `    ${joined(labelOf(TYP_PCE[b.domain], piece.type), labelOf(NAT_PCE[b.domain], piece.nature))} ; ${money(piece.totals)}${piece.dueDate ? ` ; échéance ${frenchDate(piece.dueDate)}` : ''}`,
    ...(tiers.length > 0
      ? [
          `    Tiers : ${tiers.slice(0, 3).join(' ; ')}${tiers.length > 3 ? ` et ${tiers.length - 3} autres` : ''}`,
        ]
      : []),
    ...piece.lines.map((line) => `    ${lineText(line)}`),
    ...piece.references.map((r) => `    ${referenceText(r, carried)}`),
    ...piece.lines.flatMap((l) => l.references.map((r) => `    ${referenceText(r, carried)}`)),
  ]
}

function lineText(line: PieceLine): string {
  const iban = line.tiers.find((t) => t.bank)?.bank
  const details = joined(
    line.function && `fonction ${line.function}`,
    line.operation && `opération ${line.operation}`,
    line.object,
    line.invoice && `facture ${line.invoice}`,
    line.payment && labelOf(MOD_REGL, line.payment),
    iban && (iban.iban || iban.national),
    line.market && `marché ${line.market}`,
  )
  const amount = `${euros(line.ht.cents ?? 0n)}${line.tva?.cents ? ` + ${euros(line.tva.cents)} TVA` : ''}`
  return `Ligne ${line.number} : compte ${line.account}, ${amount}${details ? ` (${details})` : ''}`
}

function referenceText(reference: AttachmentReference, carried: ReadonlyMap<string, Attachment>): string {
  const name = reference.name || reference.idUnique
  if (reference.support !== '01') return `PJ : ${name} (${labelOf(SUPPORT, reference.support)})`
  const found = carried.get(reference.idUnique)
  if (!found) return `PJ : ${name} (pas dans ce fichier)`
  const type = labelOf(TYPE_PJ, found.type || reference.type)
  const { content } = found
  if (content.state === 'readable') return `PJ : ${name} (${joined(type, size(content.size))})`
  return `PJ : ${name} (${content.state === 'empty' ? 'vide' : 'illisible'})`
}

const size = (bytes: number): string =>
  bytes < 1024
    ? `${bytes} octets`
    : bytes < 1024 * 1024
      ? `${Math.round(bytes / 1024)} Kio`
      : `${(bytes / 1024 / 1024).toFixed(1).replace('.', ',')} Mio`

const ACQUIT_STATE = {
  accepted: 'accepté par Hélios',
  partial: 'accepté en partie',
  refused: 'refusé',
  received: 'reçu (accusé technique, sans verdict)',
} as const

/** What came back from the DGFiP, as French text; a PES_Aller is told by `flowText`. */
export function answerText(summary: PesSummary): string {
  const lines: string[] = []
  switch (summary.message) {
    case 'PES_Aller':
      break
    case 'PES_ACQUIT':
      lines.push(`Acquit du flux ${summary.nomFic || '(sans nom)'} : ${ACQUIT_STATE[summary.state]}`)
      for (const error of summary.flowErrors) lines.push(`  Flux refusé : ${error}`)
      for (const b of summary.bordereaux) {
        const domain = b.domain === '' ? '' : ` de ${DOMAIN_NAME[b.domain]}`
        lines.push(
          `  Bordereau${domain} n° ${b.number} (${b.exercice}) : ${b.accepted ? 'accepté' : 'refusé'}`,
        )
        for (const error of b.errors) lines.push(`    ${error}`)
      }
      for (const a of summary.attachments) {
        lines.push(`  Pièce jointe ${a.idUnique} : ${a.accepted ? 'acceptée' : 'refusée'}`)
        for (const error of a.errors) lines.push(`    ${error}`)
      }
      break
    case 'PES_Retour':
      lines.push(`PES retour ${summary.nomFic} du ${frenchDate(summary.date)}`)
      for (const p of summary.pieces) {
        const again =
          p.mayBeSentAgain === null
            ? ''
            : p.mayBeSentAgain
              ? ' ; peut être renvoyée sous le même numéro'
              : ' ; le numéro ne peut plus servir'
        const paid = p.paid === '0.00' ? '' : ` ; payé ${euros(BigInt(p.paid.replace('.', '')))}`
        lines.push(
          `  Bordereau de ${DOMAIN_NAME[p.domain]} n° ${p.bordereau}, ${PIECE_NAME[p.domain]} n° ${p.number} : pièce ${p.state}${again}${paid}`,
        )
        if (p.reasons.length > 0) lines.push(`    Motifs : ${p.reasons.join(' ; ')}`)
        if (p.comment) lines.push(`    ${p.comment}`)
      }
      break
    case 'PES_ACQUIT_RETOUR':
      lines.push(`Acquit de PES retour ${summary.nomFic}`)
      for (const r of summary.received) lines.push(`  ${r.fileName} reçu le ${frenchDate(r.date)}`)
  }
  return `${lines.join('\n')}\n`
}

const VERDICT = {
  valid: 'valide',
  validWithWarnings: 'valide, avec réserves',
  invalid: 'NON VALIDE',
} as const
const STATE = {
  signed: 'signé',
  coveredByFlow: 'couvert par la signature du flux',
  unsigned: 'non signé',
  invalid: 'signature NON VALIDE',
} as const

/** A signature report as French text: one verdict per bordereau, then who signed what. */
export function signatureText(report: XadesReport): string {
  const lines: string[] = []
  for (const b of report.bordereaux)
    lines.push(`${b.label[0]!.toUpperCase()}${b.label.slice(1)} : ${STATE[b.state]}`)
  for (const s of report.signatures) {
    lines.push('', `Signature du ${s.target} (${s.where}) : ${VERDICT[s.verdict]}`)
    lines.push(
      `  ${joined(s.signer?.subject ?? 'signataire inconnu', s.role, s.signingTime && `le ${frenchDate(s.signingTime)}`, s.city)}`,
    )
    lines.push(
      `  XAdES ${s.xadesVersion || '?'}, ${s.algorithm}${s.kind === 'technical' ? ', signature technique sans valeur d’engagement' : ''}`,
    )
    for (const c of s.checks)
      if (c.outcome !== 'ok')
        lines.push(
          `  ${c.outcome === 'failed' ? 'Échec' : c.outcome === 'warning' ? 'Réserve' : 'Non vérifié'} : ${c.message}`,
        )
  }
  if (report.scope === 'bordereau')
    lines.push(
      '',
      'Une signature de bordereau ne couvre pas les pièces jointes (PES_PJ) ni l’en-tête du flux.',
    )
  return `${lines.join('\n')}\n`
}
