// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { applyPreferences, readPreferences } from './preferences.ts'

const kept = (text: string | null) => readPreferences({ getItem: () => text })

it('falls back to the defaults on anything unreadable', () => {
  const defaults = { theme: 'auto', largeText: false }
  expect(kept(null)).toEqual(defaults)
  expect(kept('{')).toEqual(defaults)
  expect(kept('null')).toEqual(defaults)
  expect(kept('{"theme":"pink","largeText":"yes"}')).toEqual(defaults)
  expect(kept('{"theme":"dark","largeText":true}')).toEqual({ theme: 'dark', largeText: true })
})

it('sets and removes what the tokens read', () => {
  const root = document.createElement('html')
  applyPreferences(root, { theme: 'dark', largeText: true })
  expect([root.dataset['theme'], root.dataset['text']]).toEqual(['dark', 'large'])
  applyPreferences(root, { theme: 'auto', largeText: false })
  expect(root.attributes).toHaveLength(0)
})
