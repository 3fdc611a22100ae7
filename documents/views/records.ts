import type { z } from 'zod'
import { civilOf, frenchDate } from '../../core/calendar/civil-date.ts'
import type { AttendanceSheetInput, DeliberationListInput, ProofInput, SigningSlipInput } from '../inputs.ts'
import { author, counted, personName, sittingView } from './letterhead.ts'

const decisions = { adopted: 'Adoptée', refused: 'Rejetée', noted: 'Il est pris acte' }

/** Template data of the list of délibérations examined (CGCT art. L. 2121-25, within one week of the sitting). */
export function deliberationListView(l: z.output<typeof DeliberationListInput>): object {
  const adopted = l.items.filter((i) => i.outcome === 'adopted').length
  const refused = l.items.filter((i) => i.outcome === 'refused').length
  const noted = l.items.length - adopted - refused
  const parts = [
    counted(adopted, 'adoptée'),
    counted(refused, 'rejetée'),
    noted > 0 ? `${noted} dont il est pris acte` : '',
  ].filter(Boolean)
  return {
    sitting: sittingView(l.sitting),
    items: l.items.map((i) => ({ ...i, decision: decisions[i.outcome] })),
    summary: `${counted(l.items.length, 'délibération examinée', 'délibérations examinées')} : ${parts.join(', ')}.`,
    posted: `Affichée et mise en ligne le ${frenchDate(l.publishedOn)}.`,
    author: author(l.mayor),
    notice:
      'Liste établie en application de l’article L. 2121-25 du code général des collectivités territoriales. Le texte intégral des délibérations peut être demandé à la mairie (article L. 2121-26).',
    demonstration: l.demonstration,
  }
}

/** Template data of the sheet signed at the door of the room. */
export function attendanceSheetView(s: z.output<typeof AttendanceSheetInput>): object {
  return {
    sitting: sittingView(s.sitting),
    members: s.members.map((m) => ({
      name: personName(m),
      detail: [m.capacity, m.reply].filter(Boolean).join(' – '),
      proxyTo: m.proxyTo,
    })),
    summary: `${counted(s.members.length, 'membre')} en exercice ; quorum : ${counted(s.quorumRequired, 'membre présent', 'membres présents')}.`,
    notice:
      'Seuls les membres présents signent : un pouvoir ne compte pas pour le quorum (CGCT art. L. 2121-17). Un membre ne porte qu’un seul pouvoir (CGCT art. L. 2121-20).',
    demonstration: s.demonstration,
  }
}

/** « 4 décembre 2026 à 10 h 02 min 07 s (heure de Paris) », in the civil time of the authority. */
export function instantText(instant: string, timeZone: string): string {
  const { date, time } = civilOf(instant, timeZone)
  const [hour, minute] = time.split(':')
  const place = timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? timeZone
  return `${frenchDate(date)} à ${Number(hour)} h ${minute} min ${instant.slice(17, 19)} s (heure de ${place})`
}

/** « 512 octets », « 48 Ko », « 1,2 Mo » (1 Ko = 1 024 octets). */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return counted(bytes, 'octet')
  const kilo = bytes / 1024
  return kilo < 1000 ? `${Math.round(kilo)} Ko` : `${(kilo / 1024).toFixed(1).replace('.', ',')} Mo`
}

const exact = (text: string) => ({ verbatim: text })
const printed = (d: { title: string; fileName: string; sha256: string; size: number }) => ({
  ...d,
  sizeText: sizeText(d.size),
})

/** Template data of the readable page of a convocation proof. */
export function proofView(p: z.output<typeof ProofInput>): object {
  const when = (at: string | null) => (at ? upperFirst(instantText(at, p.timeZone)) : '')
  const kept = p.clearDays >= p.clearDaysRequired
  const missed = kept
    ? ''
    : ` Le délai ordinaire est de ${p.clearDaysRequired} : voir le motif d’urgence porté sur la convocation.`
  return {
    sitting: sittingView(p.sitting),
    recipientName: personName(p.recipient),
    address: exact(p.recipient.address),
    channelText: p.channel === 'electronic' ? 'Électronique (CGCT art. L. 2121-10)' : 'Papier, à sa demande',
    statement: `${p.documents.length > 1 ? `Les ${p.documents.length} documents énumérés ci-dessous ont été remis` : 'Le document désigné ci-dessous a été remis'} ${p.channel === 'electronic' ? 'au relais de messagerie' : 'en main propre ou à la poste'} le ${instantText(p.handedOverAt, p.timeZone)}. C’est la date d’envoi qui compte pour le délai, non la lecture.`,
    handedOver: when(p.handedOverAt),
    relayAnswer: exact(p.relayAnswer),
    messageIdText: exact(p.messageId),
    delayText: `${counted(p.clearDays, 'jour franc', 'jours francs')} entre l’envoi et la séance.${missed}`,
    opened: when(p.firstOpenedAt) || 'Non constatée',
    acknowledged: when(p.acknowledgedAt) || 'Non reçu (il n’est pas une condition de validité)',
    documents: p.documents.map(printed),
    manifest: exact(p.manifestSha256),
    timestampText: p.timestamp ? when(p.timestamp.at) : 'En attente',
    timestampAuthority: p.timestamp?.authority ?? '',
    timestampSerial: exact(p.timestamp?.serial ?? ''),
    notice:
      'Cette page rend lisible ce que prouve l’archive qui la contient. Le manifeste énumère les documents par leur empreinte ; le jeton d’horodatage scelle le manifeste. Le fichier VERIFIER.txt donne les commandes pour le contrôler sans notre logiciel.',
    demonstration: p.demonstration,
  }
}

const actions = {
  visa: { done: 'Visa donné', refused: 'Visa refusé' },
  signature: { done: 'Signature', refused: 'Signature refusée' },
  seal: { done: 'Cachet', refused: 'Cachet refusé' },
  secondOpinion: { done: 'Avis donné', refused: 'Avis refusé' },
  external: { done: 'Signature d’un tiers', refused: 'Refus d’un tiers' },
  transmission: { done: 'Transmission', refused: 'Transmission refusée' },
}
const otherOutcomes = { skipped: 'étape passée', delegated: 'étape déléguée', pending: 'en attente' }

/** Template data of the printable history of a signing folder. */
export function signingSlipView(s: z.output<typeof SigningSlipInput>): object {
  return {
    folder: s.folder,
    state: s.final ? 'Circuit terminé' : 'Circuit en cours : ce bordereau n’est pas définitif',
    edited: upperFirst(instantText(s.createdAt, s.timeZone)),
    documents: s.documents.map(printed),
    steps: s.steps.map((step) => {
      const name = actions[step.action]
      const known = step.outcome === 'done' || step.outcome === 'refused'
      return {
        actionText: known
          ? name[step.outcome as 'done' | 'refused']
          : `${name.done} – ${otherOutcomes[step.outcome as 'pending']}`,
        who: [step.actor, step.capacity].filter(Boolean).join(', '),
        when: step.at ? instantText(step.at, s.timeZone) : '',
        tone: step.outcome,
        reason: step.reason ? `Motif : ${step.reason}` : '',
        ...(step.certificate
          ? {
              certificate: [
                `Certificat : ${step.certificate.subject}`,
                `Délivré par : ${step.certificate.issuer}`,
                `Numéro de série : ${step.certificate.serial} – niveau ${step.certificate.level}`,
              ],
            }
          : {}),
      }
    }),
    notice:
      'Ce bordereau retrace le circuit du dossier ; il ne remplace pas les signatures électroniques, qui sont dans les documents et se vérifient avec eux. Les empreintes désignent les documents tels qu’ils ont été présentés.',
    demonstration: s.demonstration,
  }
}

const upperFirst = (text: string): string => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1)
