import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { startHubProcess } from '../../cli/chain/hub.ts'
import { answer, type Cast, convene, hold, send, sign } from '../../cli/chain/play.ts'
import { openSession } from '../../cli/chain/session.ts'
import { verifyJournal } from '../../storage/journal-verify.ts'
import { engines, newPlace } from './engines.ts'

const quiet = () => {}
const DAY_MS = 86_400_000

test.skipIf(!engines.includes('postgres'))(
  'the whole chain on PostgreSQL: convoked, voted, signed, received, published, and the journal verifies',
  async () => {
    const place = await newPlace('postgres')
    const dir = await mkdtemp(path.join(os.tmpdir(), 'echarpe-chaine-'))
    const url = place.target.kind === 'postgres' ? place.target.url : ''
    const args = ['--port', '0', '--data', path.join(dir, 'donnees'), '--database-url', url]
    let hub = await startHubProcess(args)
    try {
      const options = { url: () => hub.url, patienceMs: 0 }
      const { password, pin } = await openSession(options).call('setupDemo', {
        body: { startsAt: new Date(Date.now() - 18 * DAY_MS).toISOString() },
      })
      const as = async (login: string) => {
        const session = openSession(options)
        await session.signIn(login, password)
        return session
      }
      const cast: Cast = {
        office: await as('assemblees'),
        mayor: await as('maire'),
        secretary: await as('secretaire'),
        finance: await as('finances'),
        members: [await as('elue'), await as('elu')],
      }
      const council = (await cast.office.call('sittings')).find(
        (s) => s.state === 'draft' && s.bodyName === 'Conseil municipal',
      )
      const id = council?.id ?? ''
      await convene(cast, id, quiet)
      await answer(cast, id, quiet)
      await hold(cast, id, quiet)
      // another hub on the same database takes over, as after an upgrade
      await hub.stop()
      hub = await startHubProcess(args)
      await cast.office.call('demoClock', { body: { to: new Date().toISOString() } })
      await sign(cast, id, pin, quiet)
      const flows = (await cast.finance.call('finance')).filter((f) => f.kind === 'pes')
      await send(
        cast,
        id,
        flows.map((f) => f.id),
        quiet,
      )

      const view = await cast.office.call('sitting', { params: { id } })
      expect(view.dispatches).toHaveLength(27)
      expect(view.acts.length).toBeGreaterThan(5)
      for (const act of view.acts)
        expect(act).toMatchObject({
          signatureState: 'signed',
          stateTrack: 'received',
          publicityState: 'published',
        })
      const sent = await cast.finance.call('finance')
      expect(sent.filter((f) => f.kind === 'pes').map((f) => f.state)).toEqual(['sent'])
      const journal = await cast.office.bytes('journalExport', {})
      expect(verifyJournal(journal)).toMatchObject({ ok: true, problems: [] })
      expect(await cast.office.call('journalVerify')).toMatchObject({ ok: true })
    } finally {
      await hub.stop()
      await place.remove()
      await rm(dir, { recursive: true, force: true })
    }
  },
  240_000,
)
