import { Pencil } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import type { SittingView } from '../../../contracts/views.ts'
import { civilOf } from '../../../core/calendar/civil-date.ts'
import { useHub } from '../../data/hub.ts'
import { sittingText } from '../../text/sittings.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { clockTime, enumeration, longDate, remainingDays } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { Steps } from '../../ui/steps.tsx'
import { type TabItem, Tabs } from '../../ui/tabs.tsx'
import { Loaded } from '../loaded.tsx'
import { useMay, useMe, usePageTitle } from '../session.tsx'
import { Agenda } from './agenda.tsx'
import { Convocation } from './convocation.tsx'
import { Convoke } from './convoke.tsx'
import { Deliberations } from './deliberations.tsx'
import { useDrafts } from './drafts.ts'
import { SittingHistory } from './history.tsx'
import { LegalDates } from './legal-dates.tsx'
import { isMeeting, isOver, isPreparing, lifeSteps, stateTone } from './life.ts'
import { Meeting } from './meeting.tsx'
import { memberName } from './members.ts'
import { RollCall } from './roll-call.tsx'
import { SittingDialog } from './sitting-dialog.tsx'
import './meeting.css'
import './sittings.css'

const words = sittingText.page
type Part = 'ordre' | 'convocation' | 'seance' | 'deliberations' | 'historique'

/** One sitting, from its first draft to its délibérations. */
export default function SittingPage() {
  const { id = '' } = useParams()
  const view = useHub('sitting', { params: { id } })
  const s = view.data?.sitting
  usePageTitle(s ? `${s.title}, ${longDate(s.date)}` : sittingText.title)
  return (
    <div className="page sitting-page">
      {!s && <PageHeader title={sittingText.title} />}
      <Loaded query={view}>{(v) => <Story view={v} />}</Loaded>
    </div>
  )
}

/** Legal dates that still ask for something: all of them before the sending, then the list of délibérations. */
function datesAhead({ sitting, legalDates }: SittingView) {
  if (isPreparing(sitting.state)) return legalDates
  const listDue = sitting.state === 'convened' || sitting.state === 'held'
  return legalDates.filter((d) => listDue && d.key === 'deliberationList')
}

/** What a sitting opens on: what is done there at this moment of its life. */
function firstPart(view: SittingView, today: string): Part {
  const { state, date } = view.sitting
  if (isPreparing(state)) return 'ordre'
  if (state === 'convened') return date === today ? 'seance' : 'convocation'
  if (isOver(state) && view.acts.length > 0) return 'deliberations'
  return isMeeting(state) || state === 'quorumFailed' ? 'seance' : 'ordre'
}

/** A change of state takes away the button that was pressed: the focus then goes to the page, not to nowhere. */
function useFocusKept(state: string) {
  const before = useRef(state)
  useEffect(() => {
    if (before.current === state) return
    before.current = state
    // After the closing dialog has tried to give the focus back.
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) document.getElementById('contenu')?.focus()
    }, 150)
    return () => clearTimeout(timer)
  }, [state])
}

function Story({ view }: { view: SittingView }) {
  const { sitting } = view
  const me = useMe()
  const today = civilOf(view.now, me.authority.timeZone).date
  const [search, setSearch] = useSearchParams()
  const [changing, setChanging] = useState(false)
  const may = {
    prepare: useMay('sitting.prepare'),
    convoke: useMay('sitting.convoke'),
    run: useMay('sitting.run'),
    journal: useMay('journal.read'),
  }
  const drafts = useDrafts(sitting)
  useFocusKept(sitting.state)
  const preparing = isPreparing(sitting.state)
  const meeting = isMeeting(sitting.state)
  const parts: (TabItem & { id: Part })[] = [
    {
      id: 'ordre',
      label: words.agendaTab,
      count: sitting.items.length,
      content: <Agenda view={view} drafts={drafts} editable={preparing && may.prepare} />,
    },
  ]
  if (!preparing)
    parts.push({
      id: 'convocation',
      label: words.convocationTab,
      content: <Convocation view={view} mayConvoke={may.convoke} />,
    })
  if (sitting.state === 'convened' && may.run)
    parts.push({ id: 'seance', label: words.meetingTab, content: <RollCall view={view} today={today} /> })
  if (meeting || sitting.state === 'quorumFailed')
    parts.push({ id: 'seance', label: words.meetingTab, content: <Meeting view={view} mayRun={may.run} /> })
  if (isOver(sitting.state))
    parts.push({
      id: 'deliberations',
      label: words.actsTab,
      count: view.acts.length,
      content: <Deliberations view={view} />,
    })
  if (may.journal)
    parts.push({ id: 'historique', label: words.historyTab, content: <SittingHistory id={sitting.id} /> })
  const asked = search.get('vue')
  const part = parts.find((p) => p.id === asked)?.id ?? firstPart(view, today)
  const shown = parts.some((p) => p.id === part) ? part : 'ordre'
  const goTo = (id: string) =>
    setSearch((now) => {
      now.set('vue', id)
      return now
    })

  return (
    <>
      <PageHeader
        title={`${sitting.title}, ${longDate(sitting.date)}`}
        parent={{ label: words.parent, href: '/seances' }}
        badge={<StateBadge tone={stateTone[sitting.state]}>{sittingText.states[sitting.state]}</StateBadge>}
        actions={
          <>
            {preparing && may.prepare && (
              <Button icon={Pencil} onPress={() => setChanging(true)}>
                {words.change}
              </Button>
            )}
            {preparing && may.convoke && <Convoke view={view} onMove={() => setChanging(true)} />}
            {sitting.state === 'convened' && may.run && shown !== 'seance' && (
              <Button kind={sitting.date === today ? 'primary' : 'quiet'} onPress={() => goTo('seance')}>
                {words.open}
              </Button>
            )}
            {meeting && shown !== 'seance' && (
              <Button kind="primary" onPress={() => goTo('seance')}>
                {words.run}
              </Button>
            )}
          </>
        }
      >
        <Lead view={view} />
      </PageHeader>
      {!meeting && shown !== 'seance' && <Steps label={sittingText.steps.label} steps={lifeSteps(view)} />}
      {!meeting && shown !== 'seance' && view.body.kind !== 'committee' && (
        <LegalDates dates={datesAhead(view)} today={today} />
      )}
      {preparing && view.members.length === 0 && (
        <Notice
          kind="warning"
          title={words.noMember}
          actions={<ButtonLink href="/collectivite">{words.addMembers}</ButtonLink>}
        >
          {words.noMemberWhat}
        </Notice>
      )}
      {view.warnings.map((w) => (
        <Notice key={w.code} kind="warning" title={w.message}>
          {w.remedy} <span className="soft">({w.article})</span>
        </Notice>
      ))}
      <Tabs label={words.tabs} items={parts} selected={shown} onSelect={goTo} />
      {preparing && may.prepare && (
        <SittingDialog
          isOpen={changing}
          onClose={() => setChanging(false)}
          onSaved={() => undefined}
          sitting={sitting}
        />
      )}
    </>
  )
}

function Lead({ view }: { view: SittingView }) {
  const { sitting, daysLeft } = view
  const zone = useMe().authority.timeZone
  const last = view.legalDates.find((d) => d.key === 'lastSendingDate')
  const council = view.body.kind !== 'committee'
  return (
    <>
      {words.lead(clockTime(`2000-01-01T${sitting.time}:00Z`, 'UTC'), sitting.place)}
      {isMeeting(sitting.state) && (
        <>
          {sitting.openedAt && ` · ${words.openedAt(clockTime(sitting.openedAt, zone))}`}
          <br />
          {words.chair(memberName(view.members, sitting.chairId))}
          {' · '}
          {words.secretary(enumeration(sitting.secretaryIds.map((id) => memberName(view.members, id))))}
        </>
      )}
      {council && isPreparing(sitting.state) && last && daysLeft !== null && (
        <>
          {' · '}
          {words.send} : <strong>{remainingDays(daysLeft)}</strong>
        </>
      )}
    </>
  )
}
