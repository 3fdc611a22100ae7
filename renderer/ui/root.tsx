import { type ReactNode, useLayoutEffect } from 'react'
import { I18nProvider, RouterProvider } from 'react-aria-components'
import { AnnouncerProvider } from './announce.tsx'
import { applyPreferences, readPreferences } from './preferences.ts'

interface RootProps {
  children: ReactNode
  /** Client navigation of the router; every Link, menu item and nav entry then uses it. */
  navigate?: ((href: string) => void) | undefined
}

/** Wraps the whole window once: French for the headless components, one navigation function, one live region. */
export function UiRoot({ children, navigate }: RootProps) {
  // Before the first paint, so that a dark room never gets a white flash.
  useLayoutEffect(() => applyPreferences(document.documentElement, readPreferences(localStorage)), [])
  const content = <AnnouncerProvider>{children}</AnnouncerProvider>
  return (
    <I18nProvider locale="fr-FR">
      {navigate ? <RouterProvider navigate={(href) => navigate(href)}>{content}</RouterProvider> : content}
    </I18nProvider>
  )
}
