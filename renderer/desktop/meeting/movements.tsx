import type { SittingView } from '../../../contracts/views.ts'
import { fullName } from '../../../core/people/model.ts'
import { inRoom } from '../../../core/sitting/quorum.ts'
import { troubleOf, useCommand } from '../../data/hub.ts'
import { meetingText } from '../../text/meeting.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'

/** Who comes in and who goes out, timed: the truth for the quorum of each item. */
export function Movements({
  view,
  isOpen,
  onClose,
}: {
  view: SittingView
  isOpen: boolean
  onClose: () => void
}) {
  const arrive = useCommand('memberArrive')
  const leave = useCommand('memberLeave')
  const room = inRoom(view.sitting, view.now)
  const params = { id: view.sitting.id }
  const error = arrive.error ?? leave.error
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={meetingText.movements} shape="wide">
      {error && <Notice kind="danger" title={troubleOf(error).message} live />}
      <ul className="movements">
        {view.members.map((m) => {
          const here = room.has(m.id)
          const input = { params, body: { councillorId: m.id } }
          return (
            <li key={m.id} className="ruled movement">
              <span>{fullName(m)}</span>
              <span className="soft">{here ? meetingText.inRoom : meetingText.outOfRoom}</span>
              <Button onPress={() => (here ? leave.mutate({ input }) : arrive.mutate({ input }))}>
                {here ? meetingText.leave : meetingText.arrive}
                <span className="visually-hidden"> : {fullName(m)}</span>
              </Button>
            </li>
          )
        })}
      </ul>
    </Dialog>
  )
}
