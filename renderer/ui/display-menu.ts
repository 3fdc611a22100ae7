import { ALargeSmall, Moon, Sun, SunMoon } from 'lucide-react'
import { uiText } from '../text/ui.ts'
import type { MenuGroup } from './menu.tsx'
import type { DisplayPreferences } from './preferences.ts'

/** Menu group that chooses colours and size of text. */
export function displayMenu(now: DisplayPreferences, set: (next: DisplayPreferences) => void): MenuGroup {
  const theme = (id: DisplayPreferences['theme'], label: string, icon: typeof Sun) => ({
    id: `theme-${id}`,
    label: `${uiText.display.theme} : ${label.toLocaleLowerCase('fr')}`,
    icon,
    checked: now.theme === id,
    onPress: () => set({ ...now, theme: id }),
  })
  return {
    title: uiText.display.title,
    items: [
      {
        id: 'large-text',
        label: uiText.display.largeText,
        icon: ALargeSmall,
        checked: now.largeText,
        onPress: () => set({ ...now, largeText: !now.largeText }),
      },
      theme('auto', uiText.display.auto, SunMoon),
      theme('light', uiText.display.light, Sun),
      theme('dark', uiText.display.dark, Moon),
    ],
  }
}
