import { expect, it } from 'vitest'
import { currentPlace, desktopNav } from './shell-nav.ts'

it('finds the place of a path, without taking a longer name for it', () => {
  const nav = desktopNav()
  expect(currentPlace(nav, '/')).toBe('today')
  expect(currentPlace(nav, '/seances/12/points/7')).toBe('sittings')
  expect(currentPlace(nav, '/actesautres')).toBeUndefined()
})

it('keeps only the places a role may see', () => {
  const nav = desktopNav({ finance: 2 }, (id) => id === 'finance')
  expect(nav.map((n) => [n.label, n.count])).toEqual([['Finances', 2]])
})
