import { ChevronLeft, ChevronRight, List, Maximize2, Minimize2 } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import { urlOf } from '../../contracts/client.ts'
import type { PackView } from '../../contracts/views.ts'
import { pdfText } from '../text/pdf.ts'
import { tabletText } from '../text/tablet.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { typeset } from '../ui/format.ts'
import { packPath, placePath } from './paths.ts'
import { keepReading, readReading } from './reading.ts'
import type { Stop } from './stops.ts'
import './reader.css'

const PdfViewer = lazy(() => import('../ui/pdf/pdf-viewer.tsx'))
const words = tabletText.reading

interface ReaderProps {
  pack: PackView
  stop: Stop
  previous: Stop | undefined
  next: Stop | undefined
  full: boolean
  onFull: (full: boolean) => void
  children: ReactNode
}

/** What is read, under one bar: back to the list where it is covered, title, previous and next, full screen. */
export function Reader({ pack, stop, previous, next, full, onFull, children }: ReaderProps) {
  const heading = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const announce = useAnnounce()
  const path = placePath(pack.id, stop.place)
  const shown = useRef(path)
  useEffect(() => {
    if (shown.current === path) return
    shown.current = path
    body.current?.scrollTo({ top: 0 })
    announce(stop.title)
  }, [path, stop.title, announce])
  useEffect(() => {
    // The row that was pressed is covered on a narrow screen: the focus comes along.
    const active = document.activeElement
    if (!(active instanceof HTMLElement) || active.offsetParent === null) heading.current?.focus()
  }, [])
  useEffect(() => {
    if (!full) return
    const leave = (e: KeyboardEvent) => {
      if (e.key === 'Escape' && !e.defaultPrevented && !document.querySelector('[role=dialog]')) onFull(false)
    }
    addEventListener('keydown', leave)
    return () => removeEventListener('keydown', leave)
  }, [full, onFull])
  const where = stop.item ? tabletText.pack.itemOf(stop.item.position, pack.items.length) : ''
  return (
    <div className="reader">
      <div className="reader-bar">
        {!full && (
          <span className="reader-back">
            <ButtonLink kind="bare" icon={List} iconOnly href={packPath(pack.id)}>
              {words.back}
            </ButtonLink>
          </span>
        )}
        <div className="reader-title" ref={heading} tabIndex={-1}>
          {stop.document ? (
            <>
              {where && <p className="reader-where">{where}</p>}
              <h2>{stop.title}</h2>
            </>
          ) : (
            <p className="reader-name">{where || stop.title}</p>
          )}
        </div>
        <div className="reader-moves">
          <Move packId={pack.id} to={previous} back />
          <Move packId={pack.id} to={next} />
          <Button kind="bare" icon={full ? Minimize2 : Maximize2} iconOnly onPress={() => onFull(!full)}>
            {full ? words.leaveFull : words.full}
          </Button>
        </div>
      </div>
      <div className="reader-body" ref={body}>
        {children}
      </div>
    </div>
  )
}

function Move({ packId, to, back = false }: { packId: string; to: Stop | undefined; back?: boolean }) {
  const icon = back ? ChevronLeft : ChevronRight
  if (!to)
    return (
      <Button kind="bare" icon={icon} iconOnly disabled>
        {back ? words.noPrevious : words.noNext}
      </Button>
    )
  return (
    <ButtonLink kind="bare" icon={icon} iconOnly href={placePath(packId, to.place)}>
      {back ? words.previous(to.title) : words.next(to.title)}
    </ButtonLink>
  )
}

interface DocumentProps {
  packId: string
  userId: string
  document: NonNullable<Stop['document']>
}

/** A document of the pack, opened at the page where this person stopped. */
export function PackDocumentPage({ packId, userId, document }: DocumentProps) {
  const { sha256 } = document.file
  const params = { scope: 'pack', id: packId, sha256 }
  return (
    <Suspense fallback={<p className="pdf-loading">{pdfText.loading}</p>}>
      <PdfViewer
        key={sha256}
        url={urlOf('file', { params })}
        title={typeset(document.title)}
        initialPage={readReading(localStorage, userId, packId).pages[sha256] ?? 1}
        onPageChange={(number) => keepReading(localStorage, userId, packId, { page: { sha256, number } })}
        downloadUrl={urlOf('file', { params, query: { download: '1' } })}
      />
    </Suspense>
  )
}
