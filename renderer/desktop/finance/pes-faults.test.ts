import { describe, expect, it } from 'vitest'
import type { PesContent } from '../../../contracts/finance.ts'
import { lineOf, type Problem, problemsByPiece } from './pes-faults.ts'

const at = (where: string): Problem => ({ code: 'X', message: where, where, level: 'error' })
const content = {
  bordereaux: [{ pieces: [{ line: 40 }, { line: 91 }] }, { pieces: [{ line: 204 }] }],
} as unknown as PesContent

describe('problems of a flow at their mandat', () => {
  it('reads the line a problem names', () => {
    expect(lineOf(at('ligne 55'))).toBe(55)
    expect(lineOf(at('Entête, ligne 3, colonne 2'))).toBe(3)
    expect(lineOf(at('CodCol'))).toBeNull()
  })

  it('gives a problem to the last mandat that starts before it', () => {
    const map = problemsByPiece(content, [at('ligne 55'), at('ligne 91'), at('ligne 400')])
    expect([...map.keys()]).toEqual([40, 91, 204])
    expect(map.get(40)?.[0]?.where).toBe('ligne 55')
  })

  it('leaves the heading and what has no place to the list above', () => {
    expect(problemsByPiece(content, [at('ligne 20'), at('')]).size).toBe(0)
  })
})
