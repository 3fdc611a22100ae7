import type { TodayEntry } from '../../../contracts/views.ts'
import { daysBetween } from '../../../core/calendar/civil-date.ts'

export type DueGroup = 'late' | 'today' | 'week' | 'later' | 'undated'

const SOON_DAYS = 7

const groupOf = (entry: TodayEntry, today: string): DueGroup => {
  if (entry.due === null) return 'undated'
  const left = daysBetween(today, entry.due)
  if (left < 0) return 'late'
  if (left === 0) return 'today'
  return left <= SOON_DAYS ? 'week' : 'later'
}

/** What waits, by nearness of its legal date; what has no date comes last, empty groups are left out. */
export function groupByDue(
  entries: readonly TodayEntry[],
  today: string,
): { id: DueGroup; entries: TodayEntry[] }[] {
  const order: DueGroup[] = ['late', 'today', 'week', 'later', 'undated']
  return order
    .map((id) => ({
      id,
      entries: entries
        .filter((e) => groupOf(e, today) === id)
        .sort((a, b) => (a.due ?? '').localeCompare(b.due ?? '')),
    }))
    .filter((g) => g.entries.length > 0)
}
