import { describe, expect, it } from 'vitest'
import { treemap } from './treemap.ts'

describe('treemap', () => {
  const items = [6, 6, 4, 3, 2, 2, 1].map((value, i) => ({ id: String(i), value }))

  it('gives each value an area in proportion, and fills the whole', () => {
    const boxes = treemap(items, 600, 400)
    expect(boxes).toHaveLength(7)
    for (const box of boxes) {
      const value = items.find((i) => i.id === box.id)?.value ?? 0
      expect(box.width * box.height).toBeCloseTo((value / 24) * 240_000, 4)
    }
  })

  it('keeps every box inside, none over another', () => {
    const boxes = treemap(items, 600, 400)
    for (const a of boxes) {
      expect(a.x).toBeGreaterThanOrEqual(-1e-6)
      expect(a.x + a.width).toBeLessThanOrEqual(600 + 1e-6)
      expect(a.y + a.height).toBeLessThanOrEqual(400 + 1e-6)
      for (const b of boxes) {
        if (a === b) continue
        const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
        const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
        expect(Math.min(across, down)).toBeLessThan(1e-6)
      }
    }
  })

  it('leaves out what is zero or negative, and everything when nothing is positive', () => {
    expect(
      treemap(
        [
          { id: 'a', value: 0 },
          { id: 'b', value: -4 },
          { id: 'c', value: 2 },
        ],
        10,
        10,
      ),
    ).toEqual([{ id: 'c', x: 0, y: 0, width: 10, height: 10 }])
    expect(treemap([{ id: 'a', value: -1 }], 10, 10)).toEqual([])
  })
})
