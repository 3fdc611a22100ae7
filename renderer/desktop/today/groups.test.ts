import { expect, it } from 'vitest'
import type { TodayEntry } from '../../../contracts/views.ts'
import { groupByDue } from './groups.ts'

const entry = (key: string, due: string | null): TodayEntry => ({
  key,
  kind: 'convoke',
  title: key,
  detail: '',
  due,
  article: '',
  action: '',
  link: '/',
})

it('puts the late first, the undated last, and the nearest first within a group', () => {
  const groups = groupByDue(
    [
      entry('undated', null),
      entry('far', '2026-12-31'),
      entry('in seven days', '2026-12-08'),
      entry('tomorrow', '2026-12-02'),
      entry('today', '2026-12-01'),
      entry('late', '2026-11-30'),
    ],
    '2026-12-01',
  )
  expect(groups.map((g) => [g.id, g.entries.map((e) => e.key)])).toEqual([
    ['late', ['late']],
    ['today', ['today']],
    ['week', ['tomorrow', 'in seven days']],
    ['later', ['far']],
    ['undated', ['undated']],
  ])
})

it('leaves empty groups out', () => {
  expect(groupByDue([], '2026-12-01')).toEqual([])
})
