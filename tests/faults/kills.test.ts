import { expect, test } from 'vitest'
import { playWithKills } from './play-with-kills.ts'

test('the hub killed three times in the chain loses no accepted command', async () => {
  const seed = Number(process.env['ECHARPE_SEED'] ?? Date.now() % 100_000)
  console.log(`seed ${seed}`)
  const trial = await playWithKills(3, seed)
  expect(trial.kills).toBe(3)
  expect(trial.missing).toEqual([])
  expect(trial.accepted).toBeGreaterThan(30)
  expect(trial.journal).toMatchObject({ ok: true })
  expect(trial.dispatches).toHaveLength(27)
  expect(new Set(trial.dispatches.map((d) => d.recipientId)).size).toBe(27)
  expect(trial.acts.length).toBeGreaterThan(5)
  for (const act of trial.acts)
    expect(act).toMatchObject({
      signatureState: 'signed',
      stateTrack: 'received',
      publicityState: 'published',
    })
  expect(new Set(trial.acts.map((a) => a.number)).size).toBe(trial.acts.length)
}, 240_000)
