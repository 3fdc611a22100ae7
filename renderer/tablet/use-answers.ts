import { useState } from 'react'
import { HubError } from '../../contracts/client.ts'
import type { Me, MemberView, PackView } from '../../contracts/views.ts'
import { fullName } from '../../core/people/model.ts'
import { troubleOf, useCommand } from '../data/hub.ts'
import { answersText as words } from '../text/tablet-answers.ts'

/** The question that waits for a yes before it commits. */
export type Asking = 'give' | 'revoke' | 'come' | null

export interface Answers {
  /** The member who answers; null for a reader without a seat here. */
  me: MemberView | null
  /** Answers are still received. */
  open: boolean
  holder: MemberView | null
  grantor: MemberView | null
  pending: boolean
  /** On its way when the device has no line: not sent yet. */
  paused: boolean
  trouble: { title: string; what: string; retry: (() => void) | undefined } | null
  asking: Asking
  ask: (asking: Asking) => void
  dismiss: () => void
  acknowledge: () => void
  reply: (answer: 'present' | 'absent') => void
  give: (holderId: string) => void
  revoke: () => void
}

/** What a member may answer to a convocation, what was recorded, and what was refused. */
export function useAnswers(pack: PackView, me: Me): Answers {
  const [asking, setAsking] = useState<Asking>(null)
  const close = () => setAsking(null)
  const acknowledge = useCommand('acknowledge')
  const reply = useCommand('reply', close)
  const give = useCommand('proxyGive', close)
  const revoke = useCommand('proxyRevoke', close)
  const all = [acknowledge, reply, give, revoke]
  const failed = all.find((c) => c.isError)
  const params = { id: pack.id }
  const member = (id: string | undefined | null) => pack.members.find((m) => m.id === id) ?? null
  const dismiss = () => {
    for (const command of all) command.reset()
  }
  const fresh = (send: () => void) => () => {
    dismiss()
    send()
  }
  const again = () => {
    if (acknowledge.isError) acknowledge.mutate({ input: { params } })
    if (reply.variables && reply.isError) reply.mutate(reply.variables)
    if (give.variables && give.isError) give.mutate(give.variables)
    if (revoke.variables && revoke.isError) revoke.mutate(revoke.variables)
  }
  const trouble = (): Answers['trouble'] => {
    if (!failed?.error) return null
    if (failed.error instanceof HubError)
      return { title: words.refused, what: troubleOf(failed.error).message, retry: undefined }
    return { title: words.unreachable, what: words.unreachableWhat, retry: again }
  }
  const given = pack.proxyGiven
  const mayAnswer = me.permissions.includes('member.answer')
  return {
    me: mayAnswer ? member(me.councillorId) : null,
    open: ['convened', 'open', 'suspended'].includes(pack.state),
    holder: member(given?.holderId),
    grantor: member(pack.proxyHeld?.grantorId),
    pending: all.some((c) => c.isPending),
    paused: all.some((c) => c.isPaused),
    trouble: trouble(),
    asking,
    ask: (next) => {
      dismiss()
      setAsking(next)
    },
    dismiss,
    acknowledge: fresh(() => acknowledge.mutate({ input: { params } })),
    reply: (answer) => fresh(() => reply.mutate({ input: { params, body: { answer } } }))(),
    give: (holderId) => fresh(() => give.mutate({ input: { params, body: { holderId } } }))(),
    revoke: fresh(() => {
      if (given) revoke.mutate({ input: { params: { id: pack.id, proxyId: given.id } } })
    }),
  }
}

/** « Mme Solange Pérignon », or nothing. */
export const nameOf = (member: MemberView | null): string => (member ? fullName(member) : '')
