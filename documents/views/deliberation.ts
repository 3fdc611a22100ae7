import type { z } from 'zod'
import { frenchDate } from '../../core/calendar/civil-date.ts'
import type { DeliberationInput } from '../inputs.ts'
import { counted, enumerate, personName, shortDate, sittingView } from './letterhead.ts'
import { voteView } from './vote.ts'

type Parsed = z.output<typeof DeliberationInput>

const opinionWords = { favourable: 'avis favorable', unfavourable: 'avis défavorable', none: 'sans avis' }

/** Court, delay and ways of the challenge (code de justice administrative, art. R. 421-1, R. 421-5 and R. 414-1). */
export const remediesNotice = (court: { name: string; address: string }): string =>
  `La présente délibération peut faire l’objet d’un recours pour excès de pouvoir devant le ${court.name}${court.address ? ` (${court.address})` : ''}, par courrier ou par l’application Télérecours citoyens (www.telerecours.fr), dans un délai de deux mois à compter de sa publication. Elle peut aussi faire l’objet, dans le même délai, d’un recours gracieux auprès de son auteur ; ce recours prolonge le délai de recours contentieux, qui court de nouveau à compter de la réponse. Le silence gardé pendant deux mois vaut rejet.`

function quorumText(a: Parsed['assembly']): string {
  if (a.quorumWaived)
    return 'Seconde convocation : le conseil délibère valablement sans condition de quorum (CGCT art. L. 2121-17).'
  const reached = a.present.length >= a.quorumRequired
  return `${reached ? 'Atteint' : 'Non atteint'} : ${counted(a.present.length, 'membre présent', 'membres présents')} pour ${a.quorumRequired} requis.`
}

/** Articles and what follows the first one are the decision; everything before is its grounds. */
export function splitText(blocks: Parsed['blocks']): {
  grounds: Parsed['blocks']
  articles: Parsed['blocks']
} {
  const first = blocks.findIndex((b) => b.kind === 'article')
  const cut = first === -1 ? blocks.length : first
  return { grounds: blocks.slice(0, cut), articles: blocks.slice(cut) }
}

/** Template data of a délibération: every sentence is written here, the template only lays it out. */
export function deliberationView(d: Parsed): object {
  const a = d.assembly
  const sitting = sittingView(d.sitting)
  const vote = voteView(d.sitting.bodyName, d.outcome, d.ballot)
  const { grounds, articles } = splitText(d.blocks)
  const verb =
    articles.length > 0
      ? `${vote.verb} :`
      : d.outcome === 'adopted'
        ? 'ADOPTE la présente délibération.'
        : `${vote.verb}${d.outcome === 'noted' ? '.' : ' la délibération proposée.'}`
  return {
    number: d.number,
    title: d.title,
    topic: d.topic,
    sitting,
    opening: `Le ${sitting.dateLong} à ${sitting.timeText}, le ${d.sitting.bodyName.toLocaleLowerCase('fr')}, légalement convoqué, s’est réuni : ${d.sitting.place}.`,
    convocation: `Le ${frenchDate(d.convocationDate)}`,
    chairText: `${personName(d.chair)}, ${lowerFirst(d.chair.capacity)}`,
    secretaryText: enumerate(d.secretaries.map(personName)),
    counts: `${a.inOffice}, dont ${counted(a.present.length, 'présent')} et ${counted(a.represented.length, 'représenté')}`,
    present: a.present.map(personName),
    represented: a.represented.map(
      (r) => `${personName(r.grantor)}, qui a donné pouvoir à ${personName(r.holder)}`,
    ),
    excused: a.excused.map(personName),
    absent: a.absent.map(personName),
    recused: a.recused.map((r) => `${personName(r)} (${r.reason})`),
    quorum: quorumText(a),
    rapporteur: d.rapporteur ? personName(d.rapporteur) : '',
    opinions: d.opinions.map(
      (o) => `${o.committee} : ${opinionWords[o.opinion]}${o.comment ? ` — ${o.comment}` : ''}`,
    ),
    report: d.report,
    grounds,
    articles,
    vote: { ...vote, verb },
    annexes: d.annexes,
    remedies: remediesNotice(d.court),
    signatories: [
      {
        role: 'chair',
        label: d.chair.civility === 'Mme' ? 'La présidente de séance,' : 'Le président de séance,',
        name: personName(d.chair),
      },
      ...d.secretaries.map((s) => ({
        role: 'secretary',
        label: s.civility === 'Mme' ? 'La secrétaire de séance,' : 'Le secrétaire de séance,',
        name: personName(s),
      })),
    ],
    demonstration: d.demonstration,
    extractNote: `Pour extrait conforme au registre des délibérations, séance du ${shortDate(d.sitting.date)}.`,
  }
}

const lowerFirst = (text: string): string => text.charAt(0).toLocaleLowerCase('fr') + text.slice(1)
