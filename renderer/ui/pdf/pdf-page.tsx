import type { PDFDocumentProxy, PDFPageProxy, RenderTask } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { pdfText } from '../../text/pdf.ts'
import { integer } from '../format.ts'

export interface PageSize {
  /** Points (1/72 inch), rotation of the page included. */
  width: number
  height: number
}

interface PdfPageProps {
  document: PDFDocumentProxy
  number: number
  size: PageSize
  /** CSS pixels per point. */
  scale: number
  /** Element that scrolls; pages near what it shows are drawn, the others are emptied. */
  scroller: Element | null
  withText: boolean
  overlay?: ReactNode
}

// Above this many pixels, canvases of old tablets stay blank.
const largestCanvas = 16_000_000

/** One page: an empty sheet of the right size until it comes near, then its drawing and its selectable text. */
export function PdfPage({ document: pdf, number, size, scale, scroller, withText, overlay }: PdfPageProps) {
  const sheet = useRef<HTMLDivElement>(null)
  const near = useNear(sheet, scroller)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    const root = sheet.current
    if (!root) return
    // A pack of 200 pages must not keep 200 drawings in a tablet's memory.
    if (!near) {
      root.replaceChildren()
      return
    }
    const drawing = draw(pdf, number, scale, root, withText)
    drawing.done.then(
      () => setFailed(false),
      () => {
        if (!drawing.cancelled()) setFailed(true)
      },
    )
    return drawing.cancel
  }, [near, pdf, number, scale, withText])
  const label = pdfText.pageLabel(integer(number), integer(pdf.numPages))
  return (
    <section
      className="pdf-page"
      data-page={number}
      aria-label={withText ? label : undefined}
      aria-hidden={withText ? undefined : true}
      style={{ width: size.width * scale, height: size.height * scale }}
    >
      <div className="pdf-sheet" ref={sheet} />
      {overlay}
      {failed && (
        <p className="pdf-page-problem">
          {pdfText.problems.page.title} {pdfText.problems.page.what}
        </p>
      )}
    </section>
  )
}

function useNear(target: React.RefObject<Element | null>, scroller: Element | null): boolean {
  const [near, setNear] = useState(false)
  useEffect(() => {
    if (!target.current || !scroller) return
    const watcher = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting ?? false), {
      root: scroller,
      rootMargin: '80% 0px',
    })
    watcher.observe(target.current)
    return () => watcher.disconnect()
  }, [target, scroller])
  return near
}

function draw(pdf: PDFDocumentProxy, number: number, scale: number, root: HTMLElement, withText: boolean) {
  let cancelled = false
  let task: RenderTask | undefined
  let text: { cancel: () => void } | undefined
  const canvas = globalThis.document.createElement('canvas')
  canvas.setAttribute('aria-hidden', 'true')
  const run = async () => {
    const page = await pdf.getPage(number)
    if (cancelled) return
    const viewport = page.getViewport({ scale: scale * sharpness(page, scale) })
    canvas.width = Math.floor(viewport.width)
    canvas.height = Math.floor(viewport.height)
    task = page.render({ canvas, viewport })
    await task.promise
    if (cancelled) return
    // Replacing only now keeps the former drawing visible, stretched, while the new scale is drawn.
    root.replaceChildren(canvas)
    if (!withText) return
    const { TextLayer } = await import('./engine.ts')
    const layer = globalThis.document.createElement('div')
    layer.className = 'textLayer'
    layer.style.setProperty('--total-scale-factor', String(scale))
    const textLayer = new TextLayer({
      textContentSource: page.streamTextContent({ includeMarkedContent: true }),
      container: layer,
      viewport: page.getViewport({ scale }),
    })
    text = textLayer
    await textLayer.render()
    if (!cancelled) root.append(layer)
  }
  return {
    done: run(),
    cancelled: () => cancelled,
    cancel: () => {
      cancelled = true
      task?.cancel()
      text?.cancel()
    },
  }
}

function sharpness(page: PDFPageProxy, scale: number): number {
  const { width, height } = page.getViewport({ scale })
  return Math.min(window.devicePixelRatio || 1, Math.sqrt(largestCanvas / (width * height)))
}
