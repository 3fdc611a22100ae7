import { CornerDownLeft, FileText, type LucideIcon, Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import {
  Autocomplete,
  Dialog,
  Input,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components'
import { uiText } from '../text/ui.ts'

export interface PaletteItem {
  id: string
  label: string
  /** "Délibération", "Séance", "Personne", "Action". */
  kind: string
  detail?: string | undefined
  icon?: LucideIcon | undefined
}

interface CommandPaletteProps {
  isOpen: boolean
  onClose: () => void
  query: string
  onQuery: (query: string) => void
  /** Results of the query, best first; the screen finds them. */
  items: readonly PaletteItem[]
  onChoose: (item: PaletteItem) => void
  searching?: boolean | undefined
}

/** Finds anything by name: type, choose with the arrows, Enter. It shows what it is given and searches nothing itself. */
export function CommandPalette({
  isOpen,
  onClose,
  query,
  onQuery,
  items,
  onChoose,
  searching = false,
}: CommandPaletteProps) {
  const empty = searching
    ? uiText.palette.searching
    : query === ''
      ? uiText.palette.start
      : uiText.palette.none
  return (
    <ModalOverlay
      className="dialog-veil"
      data-shape="palette"
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => !open && onClose()}
    >
      <Modal className="dialog-frame" data-shape="palette">
        <Dialog className="palette" aria-label={uiText.palette.title}>
          <Autocomplete inputValue={query} onInputChange={onQuery}>
            <SearchField
              className="palette-field"
              aria-label={uiText.palette.title}
              autoFocus
              onKeyDown={(e) => e.key === 'Escape' && onClose()}
            >
              <Search className="icon" aria-hidden />
              <Input className="palette-input" placeholder={uiText.palette.placeholder} />
            </SearchField>
            <Menu
              className="palette-results"
              aria-label={uiText.palette.results}
              items={items}
              renderEmptyState={() => <p className="palette-empty soft">{empty}</p>}
              onAction={(key) => {
                const item = items.find((i) => i.id === key)
                if (!item) return
                onClose()
                onChoose(item)
              }}
            >
              {(item) => <Result item={item} />}
            </Menu>
          </Autocomplete>
          <p className="palette-keys soft">
            <CornerDownLeft className="icon" aria-hidden /> {uiText.palette.keys}
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function Result({ item }: { item: PaletteItem }) {
  const Icon = item.icon ?? FileText
  return (
    <MenuItem id={item.id} className="palette-item" textValue={item.label}>
      <Icon className="icon" aria-hidden />
      <span className="palette-label">
        {item.label}
        {item.detail && <span className="palette-detail">{item.detail}</span>}
      </span>
      <span className="palette-kind">{item.kind}</span>
    </MenuItem>
  )
}

/** Open state of the palette, toggled by Ctrl K (Cmd K on a Mac) anywhere in the window. */
export function usePaletteShortcut(): [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (e: globalThis.KeyboardEvent) => {
      if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === 'k') {
        e.preventDefault()
        setOpen((o) => !o)
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return [open, setOpen]
}
