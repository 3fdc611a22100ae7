import { ChevronRight } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Link } from 'react-aria-components'
import type { PackItem, PackView } from '../../contracts/views.ts'
import { tabletText } from '../text/tablet.ts'
import { typeset } from '../ui/format.ts'
import { StateBadge, Tag } from '../ui/state-badge.tsx'
import { placePath, samePlace } from './paths.ts'
import type { Stop } from './stops.ts'

const words = tabletText.pack

interface ContentsProps {
  pack: PackView
  stops: readonly Stop[]
  /** What is shown beside, or where the place stands. */
  current: Stop | undefined
  /** The list has the whole screen where there is no room for two panes. */
  alone: boolean
  seated: boolean
}

/** The pack as a list: the sitting, its own documents, then the items; the open item shows its documents. */
export function Contents({ pack, stops, current, alone, seated }: ContentsProps) {
  const list = useRef<HTMLElement>(null)
  const wasOpen = useRef<Stop>(undefined)
  useEffect(() => {
    // Coming back to the list on a narrow screen: the row that was open is where the eye and the focus return.
    if (alone && wasOpen.current) {
      const href = placePath(pack.id, wasOpen.current.place)
      const item = wasOpen.current.item
      const back =
        list.current?.querySelector<HTMLElement>(`a[href="${href}"]`) ??
        list.current?.querySelector<HTMLElement>(
          `a[href="${placePath(pack.id, { itemId: item?.id ?? null, sha256: null })}"]`,
        )
      back?.focus()
    }
    if (!alone) list.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest' })
    wasOpen.current = alone ? undefined : current
  }, [alone, current, pack.id])
  const own = stops.filter((s) => s.place.itemId === null)
  return (
    <nav className="contents" data-alone={alone || undefined} aria-label={words.contents} ref={list}>
      <ul className="contents-list">
        {own.map((s) => (
          <li key={s.place.sha256 ?? 'cover'}>
            <Row packId={pack.id} stop={s} current={current}>
              {s.document ? s.title : seated ? words.cover : words.coverAgent}
            </Row>
          </li>
        ))}
      </ul>
      <h2 className="contents-title">{words.agenda}</h2>
      <ol className="contents-list">
        {pack.items.map((item) => (
          <Item
            key={item.id}
            item={item}
            stops={stops.filter((s) => s.item?.id === item.id)}
            packId={pack.id}
            current={current}
            live={pack.currentItemId === item.id}
          />
        ))}
      </ol>
    </nav>
  )
}

interface ItemProps {
  item: PackItem
  stops: readonly Stop[]
  packId: string
  current: Stop | undefined
  live: boolean
}

function Item({ item, stops, packId, current, live }: ItemProps) {
  const [text, ...documents] = stops
  const open = current?.item?.id === item.id
  if (!text) return null
  const opinions = item.opinions.map((o) => words.opinion(o.committee, o.opinion))
  const outcome = words.status(item.status)
  return (
    <li data-open={open || undefined}>
      <Row packId={packId} stop={text} current={current} number={item.position}>
        <span className="contents-item">{typeset(item.title)}</span>
        {item.rapporteur && (
          <span className="contents-meta">{typeset(words.rapporteur(item.rapporteur))}</span>
        )}
        {opinions.map((o) => (
          <span className="contents-meta" key={o}>
            {o}
          </span>
        ))}
        {!open && documents.length > 0 && (
          <span className="contents-meta">{words.documents(documents.length)}</span>
        )}
        {live && <StateBadge tone="action">{words.now}</StateBadge>}
        {!live && outcome && (
          <StateBadge tone={item.status === 'adopted' ? 'done' : 'neutral'}>{outcome}</StateBadge>
        )}
      </Row>
      {open && documents.length > 0 && (
        <ul className="contents-documents">
          {documents.map((s) => (
            <li key={s.place.sha256}>
              <Row packId={packId} stop={s} current={current}>
                {s.title}
              </Row>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

interface RowProps {
  packId: string
  stop: Stop
  current: Stop | undefined
  number?: number | undefined
  children: React.ReactNode
}

function Row({ packId, stop, current, number, children }: RowProps) {
  const isCurrent = current !== undefined && samePlace(current.place, stop.place)
  const pages = stop.document?.file.pages
  return (
    <Link
      className="contents-row"
      href={placePath(packId, stop.place)}
      {...(isCurrent && { 'aria-current': 'page' as const })}
    >
      {number !== undefined && <span className="contents-number">{number}</span>}
      <span className="contents-words">{children}</span>
      {stop.document?.confidential && <Tag>{words.confidential}</Tag>}
      {pages !== undefined && <span className="contents-pages">{words.pages(pages)}</span>}
      <ChevronRight className="icon contents-go" aria-hidden />
    </Link>
  )
}
