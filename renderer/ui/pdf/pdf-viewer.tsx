import { ChevronDown, ChevronUp, Download, Minus, MoveHorizontal, PanelLeft, Plus } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react'
import { pdfText } from '../../text/pdf.ts'
import { Button, ButtonLink } from '../button.tsx'
import { integer, percent } from '../format.ts'
import { Notice } from '../notice.tsx'
import { PdfPage } from './pdf-page.tsx'
import { cssPerPoint, usePages } from './use-pages.ts'
import { usePdf } from './use-pdf.ts'
import './pdf.css'

interface PdfViewerProps {
  url: string
  /** Name of the document, said to screen readers. */
  title: string
  /** Page to open at, from 1. */
  initialPage?: number | undefined
  onPageChange?: ((page: number) => void) | undefined
  /** Shows the button that saves the file. */
  downloadUrl?: string | undefined
  thumbnails?: boolean | undefined
  /** Drawn above each page, in its own box (ink, marks). */
  overlay?: ((page: number) => ReactNode) | undefined
}

const steps = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4]

/** Reads a PDF: pages in one scroll, zoom, page number, selectable text. Import it lazily: the engine is heavy. */
export default function PdfViewer(props: PdfViewerProps) {
  const { title, initialPage = 1, onPageChange, overlay } = props
  const opening = usePdf(props.url)
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const [showThumbnails, setShowThumbnails] = useState(false)
  const pages = usePages(scroller, opening.sizes, initialPage)
  const keysId = useId()
  const { current } = pages
  const total = opening.sizes.length

  useEffect(() => {
    if (total > 0) onPageChange?.(current)
  }, [current, total, onPageChange])

  if (opening.problem) {
    const words = pdfText.problems[opening.problem]
    return (
      <div className="pdf-viewer">
        <Notice
          kind="danger"
          title={words.title}
          live
          actions={<Button onPress={opening.retry}>{pdfText.retry}</Button>}
        >
          {words.what}
        </Notice>
      </div>
    )
  }
  const zoomBy = (direction: 1 | -1) => {
    const now = pages.scale / cssPerPoint
    const next = direction > 0 ? steps.find((s) => s > now + 0.01) : steps.findLast((s) => s < now - 0.01)
    if (next) pages.setZoom(next)
  }
  const onKey = (e: KeyboardEvent) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return
    if (e.key === '+') zoomBy(1)
    else if (e.key === '-') zoomBy(-1)
    else if (e.key === 'ArrowRight') pages.goTo(current + 1)
    else if (e.key === 'ArrowLeft') pages.goTo(current - 1)
    else return
    e.preventDefault()
  }
  return (
    <div className="pdf-viewer">
      <div className="pdf-tools" role="toolbar" aria-label={pdfText.toolbar}>
        {props.thumbnails && (
          <Button
            kind="bare"
            icon={PanelLeft}
            iconOnly
            expanded={showThumbnails}
            onPress={() => setShowThumbnails(!showThumbnails)}
          >
            {pdfText.thumbnails}
          </Button>
        )}
        <Button
          kind="bare"
          icon={ChevronUp}
          iconOnly
          disabled={current <= 1}
          onPress={() => pages.goTo(current - 1)}
        >
          {pdfText.previous}
        </Button>
        <Button
          kind="bare"
          icon={ChevronDown}
          iconOnly
          disabled={current >= total}
          onPress={() => pages.goTo(current + 1)}
        >
          {pdfText.next}
        </Button>
        <PageNumber current={current} total={total} onGo={pages.goTo} />
        <span className="pdf-space" />
        <Button kind="bare" icon={Minus} iconOnly onPress={() => zoomBy(-1)}>
          {pdfText.zoomOut}
        </Button>
        <output className="pdf-zoom" aria-label={pdfText.zoom(percent(pages.scale / cssPerPoint))}>
          {percent(Math.round((pages.scale / cssPerPoint) * 100) / 100)}
        </output>
        <Button kind="bare" icon={Plus} iconOnly onPress={() => zoomBy(1)}>
          {pdfText.zoomIn}
        </Button>
        <Button kind="bare" icon={MoveHorizontal} iconOnly onPress={() => pages.setZoom('fit')}>
          {pdfText.fitWidth}
        </Button>
        {props.downloadUrl && (
          <ButtonLink kind="bare" icon={Download} iconOnly href={props.downloadUrl} download>
            {pdfText.download}
          </ButtonLink>
        )}
      </div>
      <div className="pdf-body">
        {showThumbnails && opening.document && (
          <Thumbnails {...opening} document={opening.document} current={current} onGo={pages.goTo} />
        )}
        <section
          className="pdf-scroll"
          ref={setScroller}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label={pdfText.viewer(title)}
          aria-describedby={keysId}
          onKeyDown={onKey}
        >
          {opening.document ? (
            opening.sizes.map((size, i) => (
              <PdfPage
                // biome-ignore lint/suspicious/noArrayIndexKey: a page is its rank
                key={i}
                document={opening.document!}
                number={i + 1}
                size={size}
                scale={pages.scale}
                scroller={scroller}
                withText
                overlay={overlay?.(i + 1)}
              />
            ))
          ) : (
            <p className="pdf-loading" role="status">
              {opening.ratio > 0 && opening.ratio < 1
                ? pdfText.loadingPart(percent(opening.ratio))
                : pdfText.loading}
            </p>
          )}
        </section>
      </div>
      <p className="visually-hidden" id={keysId}>
        {pdfText.keys}
      </p>
    </div>
  )
}

function PageNumber({
  current,
  total,
  onGo,
}: {
  current: number
  total: number
  onGo: (page: number) => void
}) {
  const [typed, setTyped] = useState<string>()
  const go = () => {
    const wanted = Number(typed)
    if (Number.isInteger(wanted) && wanted >= 1 && wanted <= total) onGo(wanted)
    setTyped(undefined)
  }
  return (
    <label className="pdf-number">
      <span className="visually-hidden">{pdfText.page}</span>
      <input
        className="input"
        inputMode="numeric"
        value={typed ?? (total > 0 ? String(current) : '')}
        onChange={(e) => setTyped(e.target.value)}
        onFocus={(e) => e.target.select()}
        onBlur={go}
        onKeyDown={(e) => e.key === 'Enter' && go()}
      />
      <span>{pdfText.pageOf(total > 0 ? integer(total) : '…')}</span>
    </label>
  )
}

interface ThumbnailsProps {
  document: NonNullable<ReturnType<typeof usePdf>['document']>
  sizes: ReturnType<typeof usePdf>['sizes']
  current: number
  onGo: (page: number) => void
}

function Thumbnails({ document, sizes, current, onGo }: ThumbnailsProps) {
  const [box, setBox] = useState<HTMLElement | null>(null)
  return (
    <nav className="pdf-thumbnails" aria-label={pdfText.thumbnails} ref={setBox}>
      {sizes.map((size, i) => (
        <button
          type="button"
          // biome-ignore lint/suspicious/noArrayIndexKey: a page is its rank
          key={i}
          aria-label={pdfText.goTo(integer(i + 1))}
          aria-current={i + 1 === current ? 'page' : undefined}
          onClick={() => onGo(i + 1)}
        >
          <PdfPage
            document={document}
            number={i + 1}
            size={size}
            scale={96 / size.width}
            scroller={box}
            withText={false}
          />
          <span aria-hidden>{integer(i + 1)}</span>
        </button>
      ))}
    </nav>
  )
}
