import type { TodayEntry } from '../../contracts/views.ts'
import { nextStep } from '../../core/act/model.ts'
import { civilOf, frenchDate } from '../../core/calendar/civil-date.ts'
import { delayRule, lastLegalSendingDate } from '../../core/calendar/legal-delays.ts'
import { may } from '../../core/people/rights.ts'
import { currentStep } from '../../core/signing-folder/model.ts'
import type { Call, Handlers } from '../bind.ts'
import { type Council, councilOf } from '../council.ts'
import type { Services } from '../services.ts'
import { list, type View, viewOf } from '../work.ts'

const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n > 1 ? many : one}`

async function sittingEntries(view: View, council: Council, today: string): Promise<TodayEntry[]> {
  const entries: TodayEntry[] = []
  for (const s of await list(view, 'sitting', {})) {
    const base = {
      key: `sitting:${s.id}`,
      title: `${s.title} du ${frenchDate(s.date)}`,
      link: `/seances/${s.id}`,
    }
    if (s.state === 'draft' || s.state === 'prepared') {
      const rule = delayRule(council.authority, s.kind)
      const committee = council.body(s.bodyId).kind === 'committee'
      entries.push({
        ...base,
        kind: 'convoke',
        detail: `${plural(s.items.length, 'point')} à l’ordre du jour`,
        due: committee ? s.date : lastLegalSendingDate(s.date, rule.clearDays),
        article: committee ? '' : `CGCT art. ${rule.article}`,
        action: 'Préparer et convoquer',
      })
    } else if (s.state === 'convened' && s.date >= today)
      entries.push({
        ...base,
        kind: 'sitting',
        detail: 'Convoquée',
        due: s.date,
        article: '',
        action: s.date === today ? 'Ouvrir la séance' : 'Suivre les réponses',
      })
    else if (s.state === 'open' || s.state === 'suspended')
      entries.push({
        ...base,
        kind: 'sitting',
        detail: 'Séance en cours',
        due: today,
        article: '',
        action: 'Reprendre la séance',
      })
  }
  return entries
}

const actEntry = {
  typeset: null,
  sendToSign: ['sendToSign', 'Envoyer au parapheur'],
  sign: null,
  transmit: ['transmit', 'Transmettre à la préfecture'],
  publish: ['publish', 'Publier'],
  awaitReceipt: null,
  seeAnomaly: ['anomaly', 'Lire l’anomalie'],
} as const

async function actEntries(view: View): Promise<TodayEntry[]> {
  const groups = new Map<string, { kind: TodayEntry['kind']; action: string; count: number; first: string }>()
  for (const act of await list(view, 'act', {})) {
    const step = nextStep(act)
    const entry = step ? actEntry[step.action] : null
    if (!entry) continue
    const group = groups.get(entry[0]) ?? { kind: entry[0], action: entry[1], count: 0, first: act.title }
    groups.set(entry[0], { ...group, count: group.count + 1 })
  }
  return [...groups.values()].map((g) => ({
    key: `acts:${g.kind}`,
    kind: g.kind,
    title: plural(g.count, 'délibération'),
    detail: g.first,
    due: null,
    article: '',
    action: g.action,
    link: `/actes?etape=${g.kind}`,
  }))
}

async function mine(
  services: Services,
  call: Call,
): Promise<{ entries: TodayEntry[]; counts: Record<string, number> }> {
  const view = viewOf(services, call.user.authorityId)
  const council = await councilOf(view)
  const { actor } = call.user
  const today = civilOf(services.clock(), council.authority.timeZone).date
  const entries: TodayEntry[] = []
  const folders = (await list(view, 'folder', { state: 'inProgress' })).filter(
    (f) => actor.councillorId !== null && currentStep(f)?.holderId === actor.councillorId,
  )
  if (folders.length > 0)
    entries.push({
      key: 'folders',
      kind: 'sign',
      title: plural(folders.length, 'document à signer', 'documents à signer'),
      detail: folders[0]?.title ?? '',
      due:
        folders
          .map((f) => f.dueOn)
          .filter((d) => d !== null)
          .sort()[0] ?? null,
      article: '',
      action: 'Ouvrir le parapheur',
      link: '/parapheur',
    })
  if (may(actor.roles, 'sitting.prepare')) entries.push(...(await sittingEntries(view, council, today)))
  if (may(actor.roles, 'act.prepare')) entries.push(...(await actEntries(view)))
  const finance = may(actor.roles, 'finance.prepare')
    ? (await list(view, 'finance', {})).filter(
        (f) =>
          (f.kind === 'pes' && ['checked', 'signed', 'rejected'].includes(f.state)) || f.state === 'refused',
      )
    : []
  for (const f of finance)
    entries.push({
      key: `finance:${f.id}`,
      kind: 'finance',
      title: f.title,
      detail: f.kind === 'pes' ? 'Flux PES' : 'Budget',
      due: null,
      article: '',
      action:
        f.state === 'signed'
          ? 'Transmettre au Trésor'
          : f.state === 'refused'
            ? 'Voir les erreurs'
            : 'Faire signer',
      link: `/finances/${f.id}`,
    })
  if (actor.councillorId && may(actor.roles, 'member.answer'))
    for (const s of await list(view, 'sitting', { state: 'convened' })) {
      const member = council.body(s.bodyId).memberIds.includes(actor.councillorId)
      if (member && s.date >= today && !s.replies.some((r) => r.councillorId === actor.councillorId))
        entries.push({
          key: `answer:${s.id}`,
          kind: 'answer',
          title: `${s.title} du ${frenchDate(s.date)}`,
          detail: 'Vous êtes convoqué',
          due: s.date,
          article: '',
          action: 'Lire et répondre',
          link: `/tablette/seances/${s.id}`,
        })
    }
  entries.sort((a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999'))
  return {
    entries,
    counts: {
      parapheur: folders.length,
      finances: finance.length,
      actes: entries.filter((e) => e.key.startsWith('acts:')).length,
    },
  }
}

export const todayRoutes: Pick<Handlers, 'today'> = { today: (services, _, call) => mine(services, call) }
