import { expect, test } from 'vitest'
import { playWithKills } from '../faults/play-with-kills.ts'

const ROUNDS = 3

test.each(Array.from({ length: ROUNDS }, (_, i) => i))(
  'ten kills at random moments of the chain, round %i',
  async (round) => {
    const seed = Number(process.env['ECHARPE_SEED'] ?? Date.now() % 100_000) + round
    console.log(`seed ${seed}`)
    const trial = await playWithKills(10, seed)
    expect(trial).toMatchObject({ kills: 10, missing: [], journal: { ok: true } })
    for (const act of trial.acts)
      expect(act).toMatchObject({
        signatureState: 'signed',
        stateTrack: 'received',
        publicityState: 'published',
      })
  },
)
