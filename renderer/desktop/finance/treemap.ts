export interface TreemapItem {
  id: string
  value: number
}

export interface TreemapBox {
  id: string
  x: number
  y: number
  width: number
  height: number
}

const worst = (row: readonly number[], side: number): number => {
  const sum = row.reduce((a, b) => a + b, 0)
  const largest = Math.max(...row)
  const smallest = Math.min(...row)
  return Math.max((side * side * largest) / (sum * sum), (sum * sum) / (side * side * smallest))
}

/**
 * Boxes whose areas are as the values, as square as can be, filling `width` × `height` from the largest.
 * Values that are zero or negative get no box.
 */
export function treemap(items: readonly TreemapItem[], width: number, height: number): TreemapBox[] {
  const kept = items.filter((i) => i.value > 0).sort((a, b) => b.value - a.value)
  const total = kept.reduce((sum, i) => sum + i.value, 0)
  if (total === 0) return []
  const area = (i: TreemapItem) => (i.value / total) * width * height
  const boxes: TreemapBox[] = []
  let free = { x: 0, y: 0, width, height }
  let rest = kept
  while (rest.length > 0) {
    const side = Math.min(free.width, free.height)
    let n = 1
    while (
      n < rest.length &&
      worst(rest.slice(0, n + 1).map(area), side) <= worst(rest.slice(0, n).map(area), side)
    )
      n++
    const row = rest.slice(0, n)
    const rowArea = row.reduce((sum, i) => sum + area(i), 0)
    const upright = free.width >= free.height
    const depth = rowArea / side
    let along = 0
    for (const item of row) {
      const length = area(item) / depth
      boxes.push(
        upright
          ? { id: item.id, x: free.x, y: free.y + along, width: depth, height: length }
          : { id: item.id, x: free.x + along, y: free.y, width: length, height: depth },
      )
      along += length
    }
    free = upright
      ? { ...free, x: free.x + depth, width: free.width - depth }
      : { ...free, y: free.y + depth, height: free.height - depth }
    rest = rest.slice(n)
  }
  return boxes
}
