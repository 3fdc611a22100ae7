import type { z } from 'zod'
import { addDays, frenchDate } from '../../core/calendar/civil-date.ts'
import { clearDaysBetween } from '../../core/calendar/legal-delays.ts'
import type { AgendaInput, ConvocationInput } from '../inputs.ts'
import { author, counted, personName, sittingView } from './letterhead.ts'

type Parsed = z.output<typeof ConvocationInput>

const days = (n: number): string => counted(n, 'jour franc', 'jours francs')

/** How the clear days were counted, in one paragraph (legal rules §1, CGCT art. L. 2121-10 to L. 2121-12). */
export function delayText(c: Pick<Parsed, 'date' | 'sitting' | 'delay' | 'urgencyReason'>): string {
  const clear = clearDaysBetween(c.date, c.sitting.date)
  const rule = `Convocation faite en application des articles L. 2121-10 et ${c.delay.article} du code général des collectivités territoriales (délai : ${days(c.delay.clearDays)}).`
  const first = frenchDate(addDays(c.date, 1))
  const last = frenchDate(addDays(c.sitting.date, -1))
  const span = clear === 1 ? `le ${first}` : `du ${first} au ${last}`
  const count =
    clear > 0
      ? `Envoi le ${frenchDate(c.date)}, séance le ${frenchDate(c.sitting.date)} : ${days(clear)} entre les deux, ${span}.`
      : `Envoi le ${frenchDate(c.date)}, séance le ${frenchDate(c.sitting.date)} : aucun jour franc entre les deux.`
  const urgency = c.urgencyReason
    ? ` Délai abrégé pour urgence : ${c.urgencyReason.replace(/[.\s]+$/, '')}. Le maire en rend compte dès l’ouverture de la séance ; le conseil se prononce sur l’urgence et peut renvoyer la discussion, pour tout ou partie, à une séance ultérieure.`
    : ''
  return `${rule} ${count}${urgency}`
}

const agendaDetail = (line: { topic: string; rapporteur: string }): string =>
  [line.topic, line.rapporteur ? `rapporteur : ${line.rapporteur}` : ''].filter(Boolean).join(' – ')

const headings = {
  ordinary: 'Convocation',
  installation: 'Convocation à la séance d’installation',
  secondConvocation: 'Seconde convocation',
}

function notices(c: Parsed): string[] {
  const list: string[] = []
  if (c.version > 1)
    list.push(`Cette convocation (version ${c.version}) annule et remplace celle qui vous a été adressée.`)
  if (c.kind === 'secondConvocation')
    list.push(
      'Le quorum n’ayant pas été atteint à la séance précédente, le conseil délibérera sur les points renvoyés sans condition de quorum (article L. 2121-17 du code général des collectivités territoriales).',
    )
  if (c.urgencyReason)
    list.push('Cette convocation est faite en urgence, pour le motif indiqué en fin de lettre.')
  return list
}

/** Template data of the letter to one member of the council. */
export function convocationView(c: Parsed): object {
  const sitting = sittingView(c.sitting)
  const body = c.sitting.bodyName.toLocaleLowerCase('fr')
  const title = c.recipient.civility === 'Mme' ? 'Madame' : 'Monsieur'
  const recipientName = personName(c.recipient)
  const paper = c.recipient.channel === 'paper'
  const city = c.letterhead.addressLines.at(-1)?.replace(/^\d{5}\s+/, '') ?? ''
  return {
    sitting,
    recipientName,
    recipientLines: [c.recipient.capacity, ...c.recipient.addressLines].filter(Boolean),
    placeAndDate: `${city ? `${city}, le` : 'Le'} ${frenchDate(c.date)}`,
    heading: c.version > 1 ? `${headings[c.kind]} modifiée` : headings[c.kind],
    subheading: `${c.sitting.bodyName} – séance du ${sitting.dateLong}`,
    salutation: `${title},`,
    invitation: `J’ai l’honneur de vous convoquer à la séance du ${body}, qui se tiendra :`,
    notices: notices(c),
    agenda: c.agenda.map((a) => ({ rank: a.rank, title: a.title, detail: agendaDetail(a) })),
    documentsHeading: paper ? 'Documents remis avec cette convocation' : 'Documents joints',
    documents: c.documents.map((d) => (d.pages ? `${d.title} (${counted(d.pages, 'page')})` : d.title)),
    closing: `Si vous êtes ${c.recipient.civility === 'Mme' ? 'empêchée' : 'empêché'}, vous pouvez donner à un collègue de votre choix pouvoir écrit de voter en votre nom ; un même conseiller ne peut être porteur que d’un seul pouvoir (article L. 2121-20 du code général des collectivités territoriales). Je vous prie d’agréer, ${title}, l’expression de ma considération distinguée.`,
    author: author(c.convenedBy),
    delayText: delayText(c),
    proxyForm: c.proxyForm
      ? {
          subheading: `${c.sitting.bodyName} – séance du ${sitting.dateLong} à ${sitting.timeText}`,
          grantor: `Je ${c.recipient.civility === 'Mme' ? 'soussignée' : 'soussigné'} ${recipientName}${c.recipient.capacity ? `, ${c.recipient.capacity.toLocaleLowerCase('fr')}` : ''}, ne pouvant assister à cette séance,`,
          scope: `à la séance du ${body} désignée ci-dessus, sur toutes les questions inscrites à l’ordre du jour.`,
          rule: 'Le pouvoir est toujours révocable. Sauf maladie dûment constatée, il ne peut être valable pour plus de trois séances consécutives (CGCT art. L. 2121-20). À remettre au président de séance.',
        }
      : null,
    demonstration: c.demonstration,
  }
}

const opinionWords = { favourable: 'favorable', unfavourable: 'défavorable', none: 'sans avis' }

/** Template data of the explanatory note, or of the posted agenda. */
export function agendaView(a: z.output<typeof AgendaInput>): object {
  const note = a.form === 'note'
  return {
    sitting: sittingView(a.sitting),
    form: a.form,
    heading: note ? 'Note explicative de synthèse' : 'Ordre du jour',
    subheading: note
      ? 'Jointe à la convocation (article L. 2121-12 du code général des collectivités territoriales)'
      : 'Affiché à la mairie (articles L. 2121-10 et R. 2121-7 du code général des collectivités territoriales)',
    items: a.items.map((i) => ({
      rank: i.rank,
      title: i.title,
      detail: agendaDetail(i),
      text: i.text,
      opinions: i.opinions.map(
        (o) => `${o.committee}, ${opinionWords[o.opinion]}${o.comment ? ` (${o.comment})` : ''}`,
      ),
      annexes: i.annexes,
    })),
    author: a.convenedBy ? author(a.convenedBy) : null,
    demonstration: a.demonstration,
  }
}
