import { Check, ChevronDown, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Menu as AriaMenu,
  Button,
  Header,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
} from 'react-aria-components'
import { uiText } from '../text/ui.ts'
import type { ButtonKind } from './button.tsx'

export interface MenuEntry {
  id: string
  label: string
  icon?: LucideIcon | undefined
  href?: string | undefined
  onPress?: (() => void) | undefined
  danger?: boolean | undefined
  disabled?: boolean | undefined
  /** Shows a tick: this choice is the one in force. */
  checked?: boolean | undefined
}

export interface MenuGroup {
  title?: string | undefined
  items: readonly MenuEntry[]
}

interface MenuProps {
  /** What the button shows. */
  label: ReactNode
  /** Accessible name when the label alone does not say it. */
  name?: string | undefined
  groups: readonly MenuGroup[]
  kind?: ButtonKind | undefined
  icon?: LucideIcon | undefined
  iconOnly?: boolean | undefined
}

/** A button that opens a short list of actions. */
export function Menu({ label, name, groups, kind = 'quiet', icon: Icon, iconOnly = false }: MenuProps) {
  return (
    <MenuTrigger>
      <Button
        className="button"
        data-kind={kind}
        data-icon-only={iconOnly || undefined}
        {...(name && { 'aria-label': name })}
      >
        {Icon && <Icon className="icon" aria-hidden />}
        <span className={iconOnly ? 'visually-hidden' : undefined}>{label}</span>
        {!iconOnly && <ChevronDown className="icon" aria-hidden />}
      </Button>
      <Popover className="popover" placement="bottom end">
        <AriaMenu className="menu">
          {groups.map((g, i) => (
            <MenuSection
              key={g.title ?? i}
              className="menu-section"
              {...(!g.title && { 'aria-label': name ?? uiText.more })}
            >
              {g.title && <Header className="menu-title">{g.title}</Header>}
              {g.items.map((item) => (
                <Entry key={item.id} item={item} />
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}

function Entry({ item }: { item: MenuEntry }) {
  const Icon = item.checked ? Check : item.icon
  return (
    <MenuItem
      id={item.id}
      className="menu-item"
      data-danger={item.danger || undefined}
      textValue={item.label}
      isDisabled={item.disabled ?? false}
      {...(item.href && { href: item.href })}
      {...(item.onPress && { onAction: item.onPress })}
      {...(item.checked !== undefined && {
        'aria-label': `${item.label}${item.checked ? ` (${uiText.menuChosen})` : ''}`,
      })}
    >
      <span className="menu-icon">{Icon && <Icon className="icon" aria-hidden />}</span>
      {item.label}
    </MenuItem>
  )
}
