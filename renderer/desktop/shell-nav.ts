import {
  BookOpenText,
  CalendarDays,
  FileSignature,
  Globe,
  Landmark,
  ListChecks,
  type LucideIcon,
  PenLine,
  ScrollText,
  Send,
  Wallet,
} from 'lucide-react'
import { shellText } from '../text/shell.ts'

export interface NavItem {
  id: NavId
  label: string
  href: string
  icon: LucideIcon
  /** What waits there; nothing shown at zero. */
  count?: number | undefined
}

export type NavId = keyof typeof shellText.nav

const places: readonly [NavId, string, LucideIcon][] = [
  ['today', '/', ListChecks],
  ['sittings', '/seances', CalendarDays],
  ['acts', '/actes', ScrollText],
  ['signingBook', '/parapheur', PenLine],
  ['finance', '/finances', Wallet],
  ['transmissions', '/transmissions', Send],
  ['publication', '/publication', Globe],
  ['authority', '/collectivite', Landmark],
  ['journal', '/journal', BookOpenText],
]

/** The nine places of the desktop, in order, with what waits in each; `visible` keeps those a role may see. */
export function desktopNav(
  counts: Partial<Record<NavId, number>> = {},
  visible: (id: NavId) => boolean = () => true,
): NavItem[] {
  return places
    .filter(([id]) => visible(id))
    .map(([id, href, icon]) => ({ id, href, icon, label: shellText.nav[id], count: counts[id] }))
}

/** The place a path belongs to ("/seances/12" is in "/seances"). */
export function currentPlace(items: readonly NavItem[], path: string): NavId | undefined {
  const inside = (href: string) =>
    href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)
  return items.find((i) => inside(i.href))?.id
}

/** Icon of a signing folder, kept here so that lists and navigation agree. */
export const signingFolderIcon = FileSignature
