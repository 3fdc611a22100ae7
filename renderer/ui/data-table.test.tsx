// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Column, DataTable } from './data-table.tsx'
import { arrangeRows, compareValues } from './data-table-rows.ts'

interface Act {
  id: string
  title: string
  amount: bigint | null
}

const acts: Act[] = [
  { id: 'a', title: 'Élagage', amount: 300n },
  { id: 'b', title: 'Budget', amount: 20n },
  { id: 'c', title: 'École de musique', amount: null },
]

const columns: Column<Act>[] = [
  { id: 'title', label: 'Objet', cell: (r) => r.title, sortValue: (r) => r.title },
  {
    id: 'amount',
    label: 'Montant',
    cell: (r) => String(r.amount ?? ''),
    sortValue: (r) => r.amount,
    numeric: true,
  },
]

function Table({ onOpen }: { onOpen?: (row: Act) => void }) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  return (
    <DataTable
      caption="Actes"
      columns={columns}
      rows={acts}
      rowId={(r) => r.id}
      rowLabel={(r) => r.title}
      noun={['acte', 'actes']}
      filterable
      selected={selected}
      onSelect={setSelected}
      selectable={(r) => r.id !== 'c'}
      onOpen={onOpen}
    />
  )
}

const row = (name: RegExp) => screen.getByRole('row', { name })
const titles = () => screen.getAllByRole('rowheader').map((c) => c.textContent)

afterEach(cleanup)

describe('keyboard', () => {
  it('has one tab stop, moves with arrows, stops at both ends', () => {
    render(<Table />)
    const rows = screen.getAllByRole('row').slice(1)
    expect(rows.map((r) => r.tabIndex)).toEqual([0, -1, -1])
    rows[0]!.focus()
    fireEvent.keyDown(rows[0]!, { key: 'ArrowUp' })
    expect(document.activeElement).toBe(rows[0])
    fireEvent.keyDown(rows[0]!, { key: 'ArrowDown' })
    expect(document.activeElement).toBe(rows[1])
    expect(rows.map((r) => r.tabIndex)).toEqual([-1, 0, -1])
    fireEvent.keyDown(rows[1]!, { key: 'End' })
    fireEvent.keyDown(rows[2]!, { key: 'ArrowDown' })
    expect(document.activeElement).toBe(rows[2])
  })

  it('opens with Enter and selects with Space, refusing what may not be selected', () => {
    const onOpen = vi.fn()
    render(<Table onOpen={onOpen} />)
    fireEvent.keyDown(row(/Budget/), { key: 'Enter' })
    expect(onOpen).toHaveBeenCalledWith(acts[1])
    fireEvent.keyDown(row(/Budget/), { key: ' ' })
    fireEvent.keyDown(row(/musique/), { key: ' ' })
    expect(row(/Budget/).getAttribute('aria-selected')).toBe('true')
    expect(row(/musique/).getAttribute('aria-selected')).toBe('false')
    expect(within(row(/musique/)).queryByRole('checkbox')).toBeNull()
    fireEvent.keyDown(row(/Budget/), { key: ' ' })
    expect(row(/Budget/).getAttribute('aria-selected')).toBe('false')
  })

  it('leaves keys pressed inside a cell alone', () => {
    const onOpen = vi.fn()
    render(<Table onOpen={onOpen} />)
    fireEvent.keyDown(within(row(/Budget/)).getByRole('checkbox'), { key: 'Enter' })
    expect(onOpen).not.toHaveBeenCalled()
  })

  it('selects everything shown that may be selected', () => {
    render(<Table />)
    fireEvent.click(screen.getByRole('checkbox', { name: 'Tout sélectionner' }))
    const states = screen
      .getAllByRole('row')
      .slice(1)
      .map((r) => r.getAttribute('aria-selected'))
    expect(states).toEqual(['true', 'true', 'false'])
  })
})

describe('sort and filter', () => {
  it('sorts by a press on the header, says it, and reverses', () => {
    render(<Table />)
    fireEvent.click(screen.getByRole('button', { name: 'Montant' }))
    expect(titles()).toEqual(['Budget', 'Élagage', 'École de musique'])
    expect(screen.getByRole('columnheader', { name: 'Montant' }).getAttribute('aria-sort')).toBe('ascending')
    fireEvent.click(screen.getByRole('button', { name: 'Montant' }))
    expect(titles()).toEqual(['Élagage', 'Budget', 'École de musique'])
  })

  it('filters without accents, counts, and offers the way back when nothing is left', () => {
    render(<Table />)
    const field = screen.getByRole('searchbox')
    fireEvent.change(field, { target: { value: 'ecole' } })
    expect(titles()).toEqual(['École de musique'])
    fireEvent.change(field, { target: { value: 'piscine' } })
    expect(screen.queryAllByRole('rowheader')).toEqual([])
    fireEvent.click(screen.getByRole('button', { name: 'Effacer le filtre' }))
    expect(titles()).toHaveLength(3)
  })

  it('orders French text, numbers by value, and keeps nothing last both ways', () => {
    expect(compareValues('école', 'Zoé', false)).toBeLessThan(0)
    expect(compareValues(9, 10, false)).toBeLessThan(0)
    expect(compareValues(null, 1, false)).toBeGreaterThan(0)
    expect(compareValues(null, 1, true)).toBeGreaterThan(0)
    const rows = arrangeRows(
      ['b 2', 'a 10', 'a 9'],
      '',
      (r) => r,
      { column: 'x', descending: false },
      (r) => r,
    )
    expect(rows).toEqual(['a 9', 'a 10', 'b 2'])
  })
})
