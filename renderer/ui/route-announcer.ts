import { type RefObject, useEffect, useRef } from 'react'
import { shellText } from '../text/shell.ts'
import { uiText } from '../text/ui.ts'
import { useAnnounce } from './announce.tsx'

/**
 * After a change of page: the window's title, the focus on the main landmark, a word to screen readers.
 * `routeKey` is the path; `title` may change without moving the focus.
 */
export function useRouteAnnouncement(
  routeKey: string,
  title: string,
  main: RefObject<HTMLElement | null>,
): void {
  const announce = useAnnounce()
  const previous = useRef(routeKey)
  useEffect(() => {
    document.title = title ? `${title} · ${uiText.appName}` : uiText.appName
    if (previous.current === routeKey) return
    previous.current = routeKey
    main.current?.focus({ preventScroll: true })
    main.current?.scrollTo?.({ top: 0 })
    announce(shellText.arrived(title))
  }, [routeKey, title, announce, main])
}
