import { useEffect, useRef, useState } from 'react'
import type { PackView } from '../../contracts/views.ts'

export type OpenBallot = NonNullable<PackView['ballot']>

const RESULT_MS = 20_000

export interface Voting {
  /** What the sheet shows now; null when it is down. */
  sheet: 'ballot' | 'result' | null
  /** The ballot that has just ended, while its result is told. */
  ended: { id: string; itemId: string } | null
  /** Leaves the sheet without losing anything: the strip above the page brings it back. */
  putAside: () => void
  bringBack: () => void
}

/** Follows the ballots of a sitting: the sheet rises when one opens, tells the result, then leaves by itself. */
export function useVoting(pack: PackView): Voting {
  const { ballot } = pack
  const [aside, setAside] = useState<string | null>(null)
  const [ended, setEnded] = useState<Voting['ended']>(null)
  const before = useRef<OpenBallot>(null)
  useEffect(() => {
    const former = before.current
    before.current = ballot
    if (ballot && ballot.id !== former?.id) setEnded(null)
    else if (!ballot && former) setEnded({ id: former.id, itemId: former.itemId })
  }, [ballot])
  useEffect(() => {
    if (!ended) return
    const leave = setTimeout(() => setEnded(null), RESULT_MS)
    return () => clearTimeout(leave)
  }, [ended])
  const sheet = () => {
    if (ballot) return aside === ballot.id ? null : 'ballot'
    return ended && aside !== ended.id ? 'result' : null
  }
  return {
    sheet: sheet(),
    ended,
    putAside: () => setAside(ballot?.id ?? ended?.id ?? null),
    bringBack: () => setAside(null),
  }
}
