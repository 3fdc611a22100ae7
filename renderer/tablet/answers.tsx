import { CircleCheck, CircleX, MailCheck, RotateCcw, UserRoundPen } from 'lucide-react'
import type { PackView } from '../../contracts/views.ts'
import { answersText as words } from '../text/tablet-answers.ts'
import { BigChoices } from '../ui/big-choices.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/dialog.tsx'
import { shortDateTime } from '../ui/format.ts'
import type { MenuEntry, MenuGroup } from '../ui/menu.tsx'
import { Notice } from '../ui/notice.tsx'
import { ProxyDialog } from './proxy-dialog.tsx'
import { type Answers, nameOf } from './use-answers.ts'
import './answers.css'

/** « Répondre » of the top bar; nothing for a reader without a seat or once answers are closed. */
export function answerMenu(pack: PackView, answers: Answers): readonly MenuGroup[] | null {
  const { me, open, holder } = answers
  if (!me || !open) return null
  const { civility } = me
  const acknowledged = pack.acknowledgedAt !== null
  const attendance: MenuEntry[] = [
    {
      id: 'present',
      label: words.present(civility),
      icon: CircleCheck,
      checked: pack.myReply === 'present',
      onPress: () => come(answers),
    },
    {
      id: 'absent',
      label: words.absent(civility),
      icon: CircleX,
      checked: pack.myReply === 'absent' && !holder,
      disabled: holder !== null,
      onPress: () => answers.reply('absent'),
    },
    holder
      ? {
          id: 'revoke',
          label: words.revoke(nameOf(holder)),
          icon: RotateCcw,
          onPress: () => answers.ask('revoke'),
        }
      : { id: 'give', label: words.giveMenu, icon: UserRoundPen, onPress: () => answers.ask('give') },
  ]
  return [
    {
      title: words.receiptGroup,
      items: [
        {
          id: 'acknowledge',
          label: words.acknowledge,
          icon: MailCheck,
          checked: acknowledged,
          disabled: acknowledged,
          onPress: answers.acknowledge,
        },
      ],
    },
    { title: words.attendanceGroup, items: attendance },
  ]
}

// Coming ends a power that was given: that is asked first.
function come(answers: Answers): void {
  if (answers.holder) answers.ask('come')
  else answers.reply('present')
}

/** The dialogs of the answers; one at a time. */
export function AnswerDialogs({ pack, answers }: { pack: PackView; answers: Answers }) {
  const holder = nameOf(answers.holder)
  const close = () => answers.ask(null)
  return (
    <>
      <ProxyDialog pack={pack} answers={answers} isOpen={answers.asking === 'give'} onClose={close} />
      <ConfirmDialog
        isOpen={answers.asking === 'revoke'}
        onClose={close}
        onConfirm={answers.revoke}
        title={words.revokeTitle(holder)}
        confirmLabel={words.revokeConfirm}
        pending={answers.pending && !answers.paused}
      >
        <p>{words.revokeWhat(holder)}</p>
        <AnswerTrouble answers={answers} />
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={answers.asking === 'come'}
        onClose={close}
        onConfirm={() => answers.reply('present')}
        title={words.presentTitle}
        confirmLabel={words.present(answers.me?.civility)}
        pending={answers.pending && !answers.paused}
      >
        <p>{words.presentWhat(holder)}</p>
        <AnswerTrouble answers={answers} />
      </ConfirmDialog>
    </>
  )
}

/** Why an answer was not recorded, and what to do. Nothing when all is well. */
export function AnswerTrouble({ answers }: { answers: Answers }) {
  if (answers.paused) return <Notice kind="warning" title={words.paused} live />
  const trouble = answers.trouble
  if (!trouble) return null
  return (
    <Notice
      kind="danger"
      title={trouble.title}
      live
      actions={
        <>
          {trouble.retry && <Button onPress={trouble.retry}>{words.retry}</Button>}
          <Button kind="bare" onPress={answers.dismiss}>
            {words.dismiss}
          </Button>
        </>
      }
    >
      {trouble.what}
    </Notice>
  )
}

interface MyAnswerProps {
  pack: PackView
  answers: Answers
  timeZone: string
}

/** What I answered and when, with the large buttons that change it. */
export function MyAnswer({ pack, answers, timeZone }: MyAnswerProps) {
  const { me, holder, grantor, open } = answers
  if (!me) return null
  const at = (instant: string | null) => (instant ? shortDateTime(instant, timeZone) : '')
  const state = () => {
    if (holder && pack.proxyGiven) return words.state.proxy(nameOf(holder), at(pack.proxyGiven.grantedAt))
    if (pack.myReply === 'proxy') return words.state.revoked(me.civility)
    if (pack.myReply === 'present') return words.state.present(me.civility, at(pack.repliedAt))
    if (pack.myReply === 'absent') return words.state.absent(me.civility, at(pack.repliedAt))
    return words.state.none
  }
  const replied = holder !== null || pack.myReply === 'present' || pack.myReply === 'absent'
  return (
    <section className="section my-answer">
      <h3>{words.title}</h3>
      {!answers.asking && <AnswerTrouble answers={answers} />}
      {pack.acknowledgedAt ? (
        <p className="answer-state" data-done>
          <CircleCheck className="icon" aria-hidden />
          {words.acknowledged(at(pack.acknowledgedAt))}
        </p>
      ) : (
        open && (
          <div>
            <Button icon={MailCheck} onPress={answers.acknowledge} disabled={answers.pending}>
              {words.acknowledge}
            </Button>
          </div>
        )
      )}
      <output className="answer-state" data-done={replied || undefined}>
        {replied && <CircleCheck className="icon" aria-hidden />}
        {answers.pending && !answers.paused ? words.sending : state()}
      </output>
      {open ? (
        <>
          <BigChoices
            label={words.attendanceGroup}
            chosen={holder ? 'give' : (pack.myReply ?? undefined)}
            disabled={answers.pending}
            onChoose={(id) => {
              if (id === 'present') come(answers)
              else if (id === 'absent') answers.reply('absent')
              else answers.ask(holder ? 'revoke' : 'give')
            }}
            choices={[
              { id: 'present', label: words.present(me.civility), icon: CircleCheck },
              {
                id: 'absent',
                label: words.absent(me.civility),
                icon: CircleX,
                disabled: holder !== null,
              },
              {
                id: 'give',
                label: holder ? words.given : words.give,
                icon: UserRoundPen,
              },
            ]}
          />
          {holder && (
            <div>
              <Button icon={RotateCcw} onPress={() => answers.ask('revoke')} disabled={answers.pending}>
                {words.revokeShort}
              </Button>
            </div>
          )}
          {replied && pack.state === 'convened' && <p className="soft">{words.change}</p>}
        </>
      ) : (
        <p className="soft">{words.closed}</p>
      )}
      {grantor && pack.proxyHeld && (
        <Notice title={(open ? words.held : words.heldThen)(nameOf(grantor), at(pack.proxyHeld.grantedAt))} />
      )}
    </section>
  )
}
