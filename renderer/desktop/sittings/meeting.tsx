import { DoorOpen, Gavel, Pause, Play } from 'lucide-react'
import { useState } from 'react'
import type { SittingView } from '../../../contracts/views.ts'
import { troubleOf, useCommand } from '../../data/hub.ts'
import { agendaText } from '../../text/sittings-agenda.ts'
import { meetingText } from '../../text/sittings-meeting.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { SplitPane } from '../../ui/split-pane.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { itemTone } from './agenda-list.tsx'
import { Attendance } from './attendance.tsx'
import { CloseSitting } from './close-sitting.tsx'
import { Figures } from './figures.tsx'
import { MeetingItem } from './meeting-item.tsx'

const words = meetingText.bar

/** The sitting as it is run: figures above, the agenda on the left, what is being discussed on the right. */
export function Meeting({ view, mayRun }: { view: SittingView; mayRun: boolean }) {
  const { sitting } = view
  const params = { id: sitting.id }
  const suspended = sitting.state === 'suspended'
  const failed = sitting.state === 'quorumFailed'
  const [chosen, setChosen] = useState<string>()
  const [dialog, setDialog] = useState<'attendance' | 'close' | null>(null)
  const suspend = useCommand('sittingSuspend')
  const resume = useCommand('sittingResume')
  const trouble = suspend.error ?? resume.error
  // Nothing chosen by hand: the item under discussion, else the first one still to come.
  const shown =
    sitting.items.find((i) => i.id === chosen) ??
    sitting.items.find((i) => i.id === sitting.currentItemId) ??
    sitting.items.find((i) => i.status === 'planned')
  const running = mayRun && sitting.state === 'open'
  return (
    <div className="meeting">
      <div className="meeting-bar">
        <MeetingFigures view={view} />
        {mayRun && (
          <div className="meeting-actions">
            {running && (
              <>
                <Button icon={DoorOpen} onPress={() => setDialog('attendance')}>
                  {words.attendance}
                </Button>
                <Button
                  icon={Pause}
                  pending={suspend.isPending}
                  onPress={() => suspend.mutate({ input: { params } })}
                >
                  {words.suspend}
                </Button>
              </>
            )}
            {suspended && (
              <Button
                kind="primary"
                icon={Play}
                pending={resume.isPending}
                onPress={() => resume.mutate({ input: { params } })}
              >
                {words.resume}
              </Button>
            )}
            {(running || failed) && (
              <Button
                icon={Gavel}
                kind={failed || sitting.items.every((i) => isEnded(i.status)) ? 'primary' : 'quiet'}
                onPress={() => setDialog('close')}
              >
                {words.close}
              </Button>
            )}
          </div>
        )}
      </div>
      {trouble && <Notice kind="danger" title={troubleOf(trouble).message} live />}
      {suspended && (
        <Notice kind="warning" title={words.suspended} live>
          {words.suspendedWhat}
        </Notice>
      )}
      {failed && (
        <Notice kind="danger" title={words.noQuorum} live>
          {words.noQuorumWhat}
        </Notice>
      )}
      {!mayRun && <Notice title={words.watching} />}
      <SplitPane
        listSize="narrow"
        listLabel={agendaText.label}
        detailLabel={agendaText.detail}
        list={<MeetingAgenda view={view} shown={shown?.id} onChoose={setChosen} />}
        placeholder={<p className="soft agenda-choose">{meetingText.item.choose}</p>}
        detail={
          shown && (
            <MeetingItem
              key={shown.id}
              view={view}
              item={shown}
              running={running}
              onNext={() => setChosen(undefined)}
            />
          )
        }
      />
      {mayRun && (
        <>
          <Attendance view={view} isOpen={dialog === 'attendance'} onClose={() => setDialog(null)} />
          <CloseSitting view={view} isOpen={dialog === 'close'} onClose={() => setDialog(null)} />
        </>
      )}
    </div>
  )
}

/** Discussed to its end: nothing more to do with it in this sitting. */
export const isEnded = (status: SittingView['sitting']['items'][number]['status']): boolean =>
  status !== 'planned' && status !== 'underDiscussion'

function MeetingFigures({ view }: { view: SittingView }) {
  const q = view.quorum
  const figures = meetingText.figures
  if (!q) return null
  return (
    <div aria-live="polite" aria-atomic="true">
      <Figures
        label={figures.label}
        figures={[
          { value: q.present.length, label: figures.present },
          { value: q.represented.length, label: figures.powers },
          { value: q.excused.length + q.absent.length, label: figures.away },
          {
            value: q.required,
            label: `${figures.quorum} ${q.waived ? figures.waived : q.reached ? figures.reached : figures.lost}`,
            tone: q.reached ? 'done' : 'danger',
          },
        ]}
      />
    </div>
  )
}

interface MeetingAgendaProps {
  view: SittingView
  shown: string | undefined
  onChoose: (id: string) => void
}

function MeetingAgenda({ view, shown, onChoose }: MeetingAgendaProps) {
  return (
    <ol className="agenda-list" aria-label={agendaText.label}>
      {view.sitting.items.map((item, index) => (
        <li key={item.id} data-current={item.id === shown || undefined}>
          <button
            type="button"
            className="agenda-item"
            aria-current={item.id === shown || undefined}
            onClick={() => onChoose(item.id)}
          >
            <span className="agenda-rank">{index + 1}</span>
            <span className="agenda-words">
              <span>{item.title}</span>
              {item.status !== 'planned' && (
                <span className="agenda-facts">
                  <StateBadge tone={itemTone[item.status]}>{agendaText.status[item.status]}</StateBadge>
                </span>
              )}
            </span>
          </button>
        </li>
      ))}
    </ol>
  )
}
