import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link as AriaLink } from 'react-aria-components'
import { uiText } from '../text/ui.ts'

interface LinkProps {
  href: string
  children: ReactNode
  /** Opens in a new window, and says so. */
  external?: boolean | undefined
  current?: boolean | undefined
  /** Leaves a file under this name instead of opening a page. */
  download?: string | undefined
}

/** A link inside text or a list; goes through the router of UiRoot. */
export function Link({ href, children, external = false, current = false, download }: LinkProps) {
  return (
    <AriaLink
      className="link"
      href={href}
      {...(current && { 'aria-current': 'page' as const })}
      {...(download !== undefined && { download })}
      {...(external && { target: '_blank', rel: 'noreferrer' })}
    >
      {children}
      {external && (
        <>
          {' '}
          <ExternalLink className="icon" aria-hidden />
          <span className="visually-hidden"> ({uiText.newWindow})</span>
        </>
      )}
    </AriaLink>
  )
}
