import { CalendarDays, FileSignature, ListTree, ScrollText, Wallet } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import type { Permission } from '../../core/people/rights.ts'
import { useHub } from '../data/hub.ts'
import { frameText } from '../text/frame.ts'
import { CommandPalette, type PaletteItem } from '../ui/command-palette.tsx'
import { folded, longDate } from '../ui/format.ts'
import { useMe } from './session.tsx'
import type { NavItem } from './shell-nav.ts'

type Found = PaletteItem & { href: string; words: string }

const SHOWN = 12
const kinds = frameText.palette

/** Ctrl K: places, sittings, acts, documents of the parapheur and finance files by any word of their name. */
export function Palette({
  isOpen,
  onClose,
  nav,
}: {
  isOpen: boolean
  onClose: () => void
  nav: readonly NavItem[]
}) {
  const [query, setQuery] = useState('')
  const navigate = useNavigate()
  const { all, searching } = useEverything(isOpen, nav)
  const items = useMemo(() => {
    const asked = folded(query).split(' ').filter(Boolean)
    if (asked.length === 0) return all.filter((f) => f.kind === frameText.palette.place)
    return all.filter((f) => asked.every((w) => f.words.includes(w))).slice(0, SHOWN)
  }, [all, query])
  return (
    <CommandPalette
      isOpen={isOpen}
      onClose={() => {
        setQuery('')
        onClose()
      }}
      query={query}
      onQuery={setQuery}
      searching={searching}
      items={items}
      onChoose={(chosen) => {
        const found = all.find((f) => f.id === chosen.id)
        if (found) void navigate(found.href)
      }}
    />
  )
}

function useEverything(enabled: boolean, nav: readonly NavItem[]): { all: Found[]; searching: boolean } {
  const me = useMe()
  const may = (p: Permission) => enabled && me.permissions.includes(p)
  const sittings = useHub('sittings', undefined, { enabled: may('sitting.read') })
  const acts = useHub('acts', undefined, { enabled: may('act.read') })
  const folders = useHub('folders', undefined, { enabled: may('folder.read') })
  const finance = useHub('finance', undefined, { enabled: may('finance.read') })

  const all = useMemo(() => {
    const found: Omit<Found, 'words'>[] = [
      ...nav.map((n) => ({ id: n.href, href: n.href, label: n.label, kind: kinds.place, icon: n.icon })),
      ...(sittings.data ?? []).map((s) => ({
        id: s.id,
        href: `/seances/${s.id}`,
        label: s.title,
        kind: kinds.sitting,
        detail: `${s.bodyName} · ${longDate(s.date)}`,
        icon: CalendarDays,
      })),
      ...(acts.data ?? []).map(({ act, sittingTitle }) => ({
        id: act.id,
        href: `/actes/${act.id}`,
        label: act.title,
        kind: kinds.act,
        detail: `${act.number} · ${sittingTitle}`,
        icon: ScrollText,
      })),
      ...(folders.data ?? []).map(({ folder }) => ({
        id: folder.id,
        href: `/parapheur/${folder.id}`,
        label: folder.title,
        kind: kinds.folder,
        icon: FileSignature,
      })),
      ...(finance.data ?? []).map((f) => ({
        id: f.id,
        href: `/finances/${f.id}`,
        label: f.title,
        kind: kinds.finance,
        icon: Wallet,
      })),
    ]
    return found.map((f) => ({
      ...f,
      icon: f.icon ?? ListTree,
      words: folded(`${f.label} ${f.detail ?? ''}`),
    }))
  }, [nav, sittings.data, acts.data, folders.data, finance.data])
  return { all, searching: [sittings, acts, folders, finance].some((q) => q.isLoading) }
}
