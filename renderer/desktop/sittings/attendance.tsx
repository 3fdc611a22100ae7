import type { SittingView } from '../../../contracts/views.ts'
import { fullName } from '../../../core/people/model.ts'
import { inRoom } from '../../../core/sitting/quorum.ts'
import { troubleOf, useCommand } from '../../data/hub.ts'
import { meetingText } from '../../text/sittings-meeting.ts'
import { useAnnounce } from '../../ui/announce.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { MemberGrid } from './member-grid.tsx'

const words = meetingText.attendance

/** Who comes in and goes out while the sitting is open; the hub notes the hour. */
export function Attendance({
  view,
  isOpen,
  onClose,
}: {
  view: SittingView
  isOpen: boolean
  onClose: () => void
}) {
  const announce = useAnnounce()
  const arrive = useCommand('memberArrive')
  const leave = useCommand('memberLeave')
  const here = inRoom(view.sitting, view.now)
  const trouble = arrive.error ?? leave.error
  const toggle = (id: string) => {
    const member = view.members.find((m) => m.id === id)
    const name = member ? fullName(member) : ''
    const input = { params: { id: view.sitting.id }, body: { councillorId: id } }
    arrive.reset()
    leave.reset()
    if (here.has(id)) leave.mutate({ input }, { onSuccess: () => announce(words.left(name)) })
    else arrive.mutate({ input }, { onSuccess: () => announce(words.arrived(name)) })
  }
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={words.title}
      shape="wide"
      actions={<Button onPress={onClose}>{words.close}</Button>}
    >
      <p className="soft">{words.lead}</p>
      {trouble && <Notice kind="danger" title={troubleOf(trouble).message} live />}
      <MemberGrid
        label={words.title}
        members={view.members}
        isOn={(id) => here.has(id)}
        onToggle={toggle}
        detail={(id) => (here.has(id) ? words.inRoom : words.away)}
      />
    </Dialog>
  )
}
