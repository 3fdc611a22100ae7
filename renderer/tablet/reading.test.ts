import { describe, expect, test } from 'vitest'
import { keepReading, readReading } from './reading.ts'

function memory(initial: Record<string, string> = {}) {
  const kept = new Map(Object.entries(initial))
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
}

describe('the reading place', () => {
  test('page of each document and last place come back', () => {
    const store = memory()
    keepReading(store, 'u', 'p', { last: '/tablette/seances/p/i' })
    keepReading(store, 'u', 'p', { page: { sha256: 'aa', number: 12 } })
    keepReading(store, 'u', 'p', { page: { sha256: 'bb', number: 3 } })
    expect(readReading(store, 'u', 'p')).toEqual({
      last: '/tablette/seances/p/i',
      pages: { aa: 12, bb: 3 },
    })
  })

  test('another person on the same tablet starts at the beginning', () => {
    const store = memory()
    keepReading(store, 'u', 'p', { last: '/x' })
    expect(readReading(store, 'v', 'p').last).toBeNull()
  })

  test('an unreadable or full storage is no obstacle', () => {
    expect(readReading(memory({ 'echarpe.reading.u.p': '{"pages":{"a":"x"}}' }), 'u', 'p').pages).toEqual({})
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error('full')
      },
    }
    expect(() => keepReading(full, 'u', 'p', { last: '/x' })).not.toThrow()
  })
})
