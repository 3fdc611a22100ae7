import type { SittingView } from '../../contracts/views.ts'
import { instantOf } from '../../core/calendar/civil-date.ts'
import { deliberating, type Sitting } from '../../core/sitting/model.ts'
import type { Session } from './session.ts'

/** The people of the demonstration who act in the chain. */
export type Cast = {
  office: Session
  mayor: Session
  secretary: Session
  finance: Session
  members: Session[]
}

export type Played = { sittingId: string; financeIds: string[] }

type Say = (step: string) => void

const POLL_MS = 60
const WAIT_MS = 180_000

async function until<T>(what: string, read: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
  const limit = Date.now() + WAIT_MS
  for (;;) {
    const value = await read()
    if (done(value)) return value
    if (Date.now() > limit) throw new Error(`Trop long : ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

const sittingOf = (cast: Cast, id: string) => cast.office.call('sitting', { params: { id } })

/** Convokes and waits until each member's letter is handed over and its proof is timestamped. */
export async function convene(cast: Cast, sittingId: string, say: Say): Promise<void> {
  say('Convocation des membres')
  await cast.office.call('convoke', { params: { id: sittingId }, body: { reasons: {} } })
  await until(
    'envoi des convocations',
    () => sittingOf(cast, sittingId),
    (v) => v.dispatches.length > 0 && v.dispatches.every((d) => d.proofFile !== null),
  )
}

/** Members open their pack, acknowledge, answer; one gives a power. */
export async function answer(cast: Cast, sittingId: string, say: Say): Promise<void> {
  say('Réponses des élus')
  for (const member of [cast.mayor, cast.secretary, ...cast.members]) {
    const pack = await member.call('pack', { params: { id: sittingId } })
    const document = pack.documents[0]
    if (document)
      await member.bytes('file', { params: { scope: 'pack', id: sittingId, sha256: document.file.sha256 } })
    await member.call('acknowledge', { params: { id: sittingId } })
  }
  for (const member of [cast.mayor, cast.secretary, ...cast.members.slice(0, 1)])
    await member.call('reply', { params: { id: sittingId }, body: { answer: 'present' } })
  const absent = cast.members[1]
  if (!absent) return
  const pack = await absent.call('pack', { params: { id: sittingId } })
  const holder = pack.members.find((m) => m.rank === 21)
  if (holder) await absent.call('proxyGive', { params: { id: sittingId }, body: { holderId: holder.id } })
}

/** Goes to the evening of the sitting, opens it, votes every item and closes it. */
export async function hold(cast: Cast, sittingId: string, say: Say): Promise<void> {
  say('Séance : appel, quorum, votes')
  const view = await sittingOf(cast, sittingId)
  const { authority } = await cast.office.call('me')
  const evening = instantOf(view.sitting.date, view.sitting.time, authority.timeZone)
  if ((await cast.office.call('me')).now < evening)
    await cast.office.call('demoClock', { body: { to: evening } })
  const rank = (n: number) => view.members.find((m) => m.rank === n)?.id ?? ''
  const absent = new Set([
    ...view.sitting.proxies.filter((p) => p.state === 'active').map((p) => p.grantorId),
    ...[9, 14, 20].map(rank),
  ])
  await cast.office.call('sittingOpen', {
    params: { id: sittingId },
    body: {
      chairId: rank(1),
      secretaryIds: [rank(15)],
      presentIds: view.members.map((m) => m.id).filter((id) => !absent.has(id)),
      reasons: {},
    },
  })
  let public_ = true
  for (const item of view.sitting.items) {
    const params = { id: sittingId, itemId: item.id }
    await cast.office.call('itemStart', { params })
    if (!deliberating.has(item.kind)) {
      await cast.office.call('itemEnd', { params, body: { outcome: 'noted' } })
      continue
    }
    const roll = public_ && item.subjectCode.startsWith('7.5')
    await ballot(cast, sittingId, item, roll)
    if (roll) public_ = false
  }
  await cast.office.call('sittingClose', { params: { id: sittingId } })
}

async function ballot(
  cast: Cast,
  sittingId: string,
  item: Sitting['items'][number],
  roll: boolean,
): Promise<void> {
  const { id: ballotId } = await cast.office.call('ballotOpen', {
    params: { id: sittingId, itemId: item.id },
    body: { kind: roll ? 'public' : 'ordinary', requestedBy: roll ? 9 : 0 },
  })
  const params = { id: sittingId, ballotId }
  if (roll) {
    // Members with a tablet vote themselves; the others are called by name and entered by the operator.
    for (const member of [cast.mayor, cast.secretary, ...cast.members.slice(0, 1)]) {
      const { ballot: open } = await member.call('pack', { params: { id: sittingId } })
      for (const voice of open?.voices ?? [])
        await member.call('vote', { params, body: { memberId: voice.memberId, choice: 'for' } })
    }
    const view = await sittingOf(cast, sittingId)
    const open = view.sitting.items.find((i) => i.id === item.id)?.ballots.find((b) => b.id === ballotId)
    const called = (open?.entitled ?? []).filter((v) => !open?.votes.some((x) => x.memberId === v.memberId))
    for (const [n, voice] of called.entries())
      await cast.office.call('voteEnter', {
        params,
        body: { memberId: voice.memberId, choice: n % 9 === 4 ? 'against' : n % 9 === 7 ? 'abstain' : 'for' },
      })
  }
  await cast.office.call('ballotClose', { params, body: { others: roll ? null : 'for' } })
}

/** Signs everything that waits for one person, with the demonstration's certificate. */
async function signWaiting(person: Session, keyId: string, pin: string): Promise<void> {
  const mine = (await person.call('folders')).filter((f) => f.mine)
  if (mine.length === 0) return
  const lines = await person.call('foldersSign', {
    body: {
      keyId,
      pin,
      folders: mine.map(({ folder }) => ({ id: folder.id, shownSha256: folder.document.sha256 })),
    },
  })
  const failed = lines.find((l) => !l.ok)
  if (failed && (await person.call('folders')).some((f) => f.mine && f.folder.id === failed.id))
    throw new Error(failed.message)
}

const actsOf = async (cast: Cast, sittingId: string): Promise<SittingView['acts']> =>
  (await sittingOf(cast, sittingId)).acts

/** Parapheur: secretary, then mayor; the flows too. */
export async function sign(cast: Cast, sittingId: string, pin: string, say: Say): Promise<void> {
  say('Mise en forme des délibérations')
  const acts = await until(
    'mise en forme',
    () => actsOf(cast, sittingId),
    (all) => all.length > 0 && all.every((a) => a.document !== null),
  )
  say('Parapheur : secrétaire de séance, puis maire')
  await cast.office.call('actsSendToSign', { body: { ids: acts.map((a) => a.id) } })
  await signWaiting(cast.secretary, 'secretaire', pin)
  await signWaiting(cast.mayor, 'maire', pin)
  const unsigned = (await actsOf(cast, sittingId)).find((a) => a.signatureState !== 'signed')
  if (unsigned) throw new Error(`La délibération ${unsigned.number} n’est pas signée.`)
}

/** Prefecture, receipt, publication; the Trésor for the flows. */
export async function send(cast: Cast, sittingId: string, financeIds: string[], say: Say): Promise<void> {
  say('Transmission à la préfecture')
  const ids = (await actsOf(cast, sittingId)).filter((a) => a.transmissible).map((a) => a.id)
  await cast.office.call('actsTransmit', { body: { ids } })
  await until(
    'transmission',
    () => actsOf(cast, sittingId),
    (all) =>
      all
        .filter((a) => ids.includes(a.id))
        .every((a) => a.stateTrack === 'sent' || a.stateTrack === 'received'),
  )
  await cast.office.call('demoPrefecture', { body: { answer: 'receipt' } })
  await until(
    'accusés de réception',
    () => actsOf(cast, sittingId),
    (all) => all.filter((a) => ids.includes(a.id)).every((a) => a.stateTrack === 'received'),
  )
  say('Publication')
  await cast.office.call('actsPublish', { body: { ids: (await actsOf(cast, sittingId)).map((a) => a.id) } })
  for (const id of financeIds) {
    const { financeFile } = await cast.finance.call('financeFile', { params: { id } })
    if (financeFile.kind !== 'pes') continue
    say('Transmission du flux PES')
    if (financeFile.state === 'signed') await cast.finance.call('financeTransmit', { params: { id } })
    await until(
      'transmission du flux',
      () => cast.finance.call('financeFile', { params: { id } }),
      (v) => v.financeFile.state === 'sent',
    )
  }
}
