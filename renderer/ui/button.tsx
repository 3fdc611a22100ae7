import type { LucideIcon } from 'lucide-react'
import { type ReactNode, type Ref, useEffect } from 'react'
import { Button as AriaButton, Link as AriaLink } from 'react-aria-components'
import { uiText } from '../text/ui.ts'
import { useAnnounce } from './announce.tsx'

export type ButtonKind = 'primary' | 'quiet' | 'danger' | 'danger-primary' | 'bare'

interface Look {
  children: ReactNode
  kind?: ButtonKind | undefined
  icon?: LucideIcon | undefined
  /** Shows only the icon; the children stay as its accessible name. */
  iconOnly?: boolean | undefined
}

interface ButtonProps extends Look {
  onPress?: (() => void) | undefined
  type?: 'button' | 'submit' | 'reset' | undefined
  disabled?: boolean | undefined
  /** Keeps the focus, refuses a second press and says that it is working. */
  pending?: boolean | undefined
  pendingLabel?: string | undefined
  autoFocus?: boolean | undefined
  id?: string | undefined
  /** For a button that opens or closes something written elsewhere on the page. */
  expanded?: boolean | undefined
  controls?: string | undefined
  describedBy?: string | undefined
  /** Makes it a key on keyboard shortcuts lists (`aria-keyshortcuts`), e.g. "s". */
  shortcut?: string | undefined
  ref?: Ref<HTMLButtonElement> | undefined
}

function Face({ children, icon: Icon, iconOnly }: Look) {
  return (
    <>
      {Icon && <Icon className="icon" aria-hidden />}
      {iconOnly ? <span className="visually-hidden">{children}</span> : <span>{children}</span>}
    </>
  )
}

/** A verb to press. `primary` once per screen; `danger` for a refusal or what cannot be undone. */
export function Button(props: ButtonProps) {
  const { children, kind = 'quiet', icon, iconOnly, pending = false, disabled = false } = props
  const announce = useAnnounce()
  const pendingLabel = props.pendingLabel ?? uiText.pending
  // React Aria's own pending state announces by pointing at the button, which is often gone by then: axe says so.
  useEffect(() => {
    if (pending) announce(pendingLabel)
  }, [pending, pendingLabel, announce])
  return (
    <AriaButton
      className="button"
      data-kind={kind}
      data-icon-only={iconOnly || undefined}
      type={pending ? 'button' : (props.type ?? 'button')}
      isDisabled={disabled}
      data-working={pending || undefined}
      {...(pending && { 'aria-disabled': true })}
      autoFocus={props.autoFocus ?? false}
      {...(props.onPress && !pending && { onPress: props.onPress })}
      {...(props.id && { id: props.id })}
      {...(props.expanded !== undefined && { 'aria-expanded': props.expanded })}
      {...(props.controls && { 'aria-controls': props.controls })}
      {...(props.describedBy && { 'aria-describedby': props.describedBy })}
      {...(props.shortcut && { 'aria-keyshortcuts': props.shortcut })}
      {...(props.ref && { ref: props.ref })}
    >
      {pending ? (
        <>
          <span className="spinner" aria-hidden />
          <span>{pendingLabel}</span>
        </>
      ) : (
        <Face icon={icon} iconOnly={iconOnly}>
          {children}
        </Face>
      )}
    </AriaButton>
  )
}

interface ButtonLinkProps extends Look {
  href: string
  /** Leaves a file on the device instead of opening a page. */
  download?: string | boolean | undefined
}

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function ButtonLink({ href, kind = 'quiet', download, ...look }: ButtonLinkProps) {
  return (
    <AriaLink
      className="button"
      href={href}
      data-kind={kind}
      data-icon-only={look.iconOnly || undefined}
      {...(download !== undefined && { download })}
    >
      <Face {...look} />
    </AriaLink>
  )
}
