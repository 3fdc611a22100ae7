import { useEffect, useState } from 'react'
import type { MemberView, PackView } from '../../contracts/views.ts'
import { fullName } from '../../core/people/model.ts'
import { answersText } from '../text/tablet-answers.ts'
import { uiText } from '../text/ui.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { folded, longDate } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { AnswerTrouble } from './answers.tsx'
import { type Answers, nameOf } from './use-answers.ts'

const words = answersText.proxy

interface ProxyDialogProps {
  pack: PackView
  answers: Answers
  isOpen: boolean
  onClose: () => void
}

/** Giving a power in two steps of one dialog: who, then what it commits to. */
export function ProxyDialog({ pack, answers, isOpen, onClose }: ProxyDialogProps) {
  const [chosen, setChosen] = useState<MemberView | null>(null)
  const [sure, setSure] = useState(false)
  useEffect(() => {
    if (isOpen) return
    setChosen(null)
    setSure(false)
  }, [isOpen])
  const pending = answers.pending && !answers.paused
  const confirming = sure && chosen !== null
  const taken = pack.takenHolders.some((t) => t.memberId === chosen?.id)
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={confirming ? words.confirmTitle(fullName(chosen)) : words.title}
      shape="wide"
      locked={pending}
      actions={
        confirming ? (
          <>
            <Button kind="primary" pending={pending} disabled={taken} onPress={() => answers.give(chosen.id)}>
              {words.confirm(fullName(chosen))}
            </Button>
            <Button
              disabled={pending}
              onPress={() => {
                answers.dismiss()
                setSure(false)
              }}
            >
              {words.other}
            </Button>
          </>
        ) : (
          <>
            <Button kind="primary" disabled={!chosen} onPress={() => setSure(true)}>
              {words.next}
            </Button>
            <Button onPress={onClose}>{uiText.cancel}</Button>
          </>
        )
      }
    >
      {confirming ? (
        <Commitment pack={pack} answers={answers} holder={chosen} />
      ) : (
        <Choose pack={pack} me={answers.me} chosen={chosen} onChoose={setChosen} />
      )}
    </Dialog>
  )
}

function Commitment({ pack, answers, holder }: { pack: PackView; answers: Answers; holder: MemberView }) {
  const day = longDate(pack.date)
  const means = answers.me?.civility === 'Mme' ? words.meansShe : words.means
  return (
    <>
      <AnswerTrouble answers={answers} />
      <p>{means(fullName(holder), day)}</p>
      <p>{words.canRevoke}</p>
      {answers.grantor && <Notice kind="warning" title={words.alsoHolds(nameOf(answers.grantor))} />}
    </>
  )
}

interface ChooseProps {
  pack: PackView
  me: MemberView | null
  chosen: MemberView | null
  onChoose: (member: MemberView) => void
}

function Choose({ pack, me, chosen, onChoose }: ChooseProps) {
  const [query, setQuery] = useState('')
  const wanted = folded(query)
  const others = pack.members.filter((m) => m.id !== me?.id)
  const found = others.filter((m) => folded(`${fullName(m)} ${m.group}`).includes(wanted))
  const reason = (m: MemberView) => {
    const taken = pack.takenHolders.find((t) => t.memberId === m.id)?.reason
    if (taken === 'holds') return words.holds
    if (taken === 'gave') return m.civility === 'Mme' ? words.gaveShe : words.gave
    return ''
  }
  return (
    <>
      <p>{words.lead}</p>
      <SearchField label={words.filter} value={query} onChange={setQuery} />
      <fieldset className="holders" aria-label={words.list}>
        {found.length === 0 && <p className="soft">{words.none}</p>}
        {found.map((m) => {
          const why = reason(m)
          return (
            <label className="holder" key={m.id} data-disabled={why ? true : undefined}>
              <input
                type="radio"
                name="holder"
                checked={chosen?.id === m.id}
                disabled={Boolean(why)}
                onChange={() => onChoose(m)}
              />
              <span>
                {fullName(m)}
                <span className="holder-detail">{why || `${m.officeLabel} · ${m.group}`}</span>
              </span>
            </label>
          )
        })}
      </fieldset>
    </>
  )
}
