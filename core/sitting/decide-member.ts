import { type Body, type Councillor, fullName } from '../people/model.ts'
import { Refusal } from '../refusal.ts'
import type { SittingEvent } from './events.ts'
import type { ProxyMandate, Sitting } from './model.ts'

function demandMember(body: Body, id: string): void {
  if (!body.memberIds.includes(id))
    throw new Refusal('NOT_A_MEMBER', 'Cette personne n’est pas membre de l’instance convoquée.', {
      family: 'forbidden',
    })
}

function demandConvened(s: Sitting): void {
  if (!['convened', 'open', 'suspended'].includes(s.state))
    throw new Refusal(
      'SITTING_NOT_CONVENED',
      'Cette séance n’attend pas de réponse : elle n’est pas convoquée ou elle est terminée.',
      {
        family: 'impossible',
      },
    )
}

/** Intention announced by a member; it is not attendance. */
export function reply(
  s: Sitting,
  body: Body,
  councillorId: string,
  answer: 'present' | 'absent',
  at: string,
): SittingEvent[] {
  demandConvened(s)
  demandMember(body, councillorId)
  const events: SittingEvent[] = [{ type: 'sitting.replied', councillorId, answer, at }]
  const given = s.proxies.find((p) => p.grantorId === councillorId && p.state === 'active')
  if (answer === 'present' && given) events.push({ type: 'sitting.proxyRevoked', proxyId: given.id, at })
  return events
}

/** Explicit receipt by the member; kept once, the first instant is the one that counts. */
export function acknowledge(s: Sitting, body: Body, councillorId: string, at: string): SittingEvent[] {
  demandMember(body, councillorId)
  return s.acknowledgements.some((a) => a.councillorId === councillorId)
    ? []
    : [{ type: 'sitting.acknowledged', councillorId, at }]
}

/** Written power to vote: one per holder, between members of the same council (CGCT art. L. 2121-20). */
export function grantProxy(
  s: Sitting,
  body: Body,
  councillors: readonly Councillor[],
  input: Pick<ProxyMandate, 'grantorId' | 'holderId' | 'form' | 'identityLevel'>,
  id: string,
  at: string,
): SittingEvent[] {
  const { grantorId, holderId } = input
  demandConvened(s)
  demandMember(body, grantorId)
  demandMember(body, holderId)
  const name = (cid: string) => {
    const c = councillors.find((x) => x.id === cid)
    return c ? fullName(c) : 'ce membre'
  }
  const refuse = (code: string, message: string) =>
    new Refusal(code, message, {
      family: 'conflict',
      where: 'CGCT art. L. 2121-20',
      data: { grantorId, holderId },
    })
  if (grantorId === holderId)
    throw refuse('PROXY_SELF', 'On ne peut pas se donner pouvoir à soi-même. Choisissez un autre membre.')
  const active = s.proxies.filter((p) => p.state === 'active')
  if (active.some((p) => p.grantorId === grantorId))
    throw refuse(
      'PROXY_ALREADY_GIVEN',
      'Un pouvoir est déjà donné pour cette séance. Révoquez-le avant d’en donner un autre.',
    )
  if (active.some((p) => p.holderId === holderId))
    throw refuse(
      'PROXY_HOLDER_TAKEN',
      `${name(holderId)} porte déjà un pouvoir pour cette séance, et un membre ne peut en porter qu’un. Choisissez une autre personne.`,
    )
  if (active.some((p) => p.grantorId === holderId))
    throw refuse(
      'PROXY_HOLDER_ABSENT',
      `${name(holderId)} a donné pouvoir et sera absent. Choisissez une autre personne.`,
    )
  return [
    { type: 'sitting.proxyGranted', proxy: { ...input, id, state: 'active', grantedAt: at } },
    { type: 'sitting.replied', councillorId: grantorId, answer: 'proxy', at },
  ]
}

/** A power can always be revoked (CGCT art. L. 2121-20). */
export function revokeProxy(s: Sitting, proxyId: string, at: string): SittingEvent[] {
  const proxy = s.proxies.find((p) => p.id === proxyId)
  if (proxy?.state !== 'active')
    throw new Refusal('PROXY_NOT_FOUND', 'Ce pouvoir n’est plus en cours.', { family: 'notFound' })
  return [{ type: 'sitting.proxyRevoked', proxyId, at }]
}
