import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { PageSize } from './pdf-page.tsx'

/** CSS pixels of a point at 100 %. */
export const cssPerPoint = 96 / 72

const margin = 24
const widestFit = 1.75

interface Place {
  page: number
  /** How far down in the page, 0 to 1. */
  within: number
}

/** Scale, current page and moves of the scrolling element; keeps the place when the scale changes. */
export function usePages(scroller: HTMLElement | null, sizes: readonly PageSize[], initialPage: number) {
  const [zoom, setZoom] = useState<number | 'fit'>('fit')
  const [width, setWidth] = useState(0)
  const [current, setCurrent] = useState(initialPage)
  const place = useRef<Place>({ page: initialPage, within: 0 })
  const widest = Math.max(1, ...sizes.map((s) => s.width))
  const fit = Math.min(widestFit * cssPerPoint, Math.max(0.2, (width - margin) / widest))
  const scale = zoom === 'fit' ? fit : zoom * cssPerPoint

  useEffect(() => {
    if (!scroller) return
    const watcher = new ResizeObserver(() => setWidth(scroller.clientWidth))
    watcher.observe(scroller)
    setWidth(scroller.clientWidth)
    return () => watcher.disconnect()
  }, [scroller])

  const show = useCallback(
    ({ page, within }: Place) => {
      const sheet = pageElements(scroller)[page - 1]
      if (!scroller || !sheet) return
      scroller.scrollTop = sheet.offsetTop - margin / 2 + within * sheet.offsetHeight
    },
    [scroller],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is restored when sizes or scale change, and only then
  useLayoutEffect(() => {
    if (sizes.length > 0 && width > 0) show(place.current)
  }, [sizes, scale, show])

  useEffect(() => {
    if (!scroller || sizes.length === 0) return
    let frame = 0
    const onScroll = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => {
        place.current = placeAt(scroller, scroller.scrollTop + margin / 2)
        // The page being read is the one a third of the way down, or the last one when nothing is left to scroll.
        const atEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2
        const read = atEnd
          ? sizes.length
          : placeAt(scroller, scroller.scrollTop + scroller.clientHeight / 3).page
        setCurrent(read)
      })
    }
    scroller.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      cancelAnimationFrame(frame)
      scroller.removeEventListener('scroll', onScroll)
    }
  }, [scroller, sizes])

  const goTo = (page: number) => {
    const target = Math.min(sizes.length, Math.max(1, page))
    place.current = { page: target, within: 0 }
    show(place.current)
    setCurrent(target)
  }
  return { scale, zoom, setZoom, current, goTo }
}

function pageElements(scroller: HTMLElement | null): HTMLElement[] {
  return [...(scroller?.querySelectorAll<HTMLElement>(':scope > .pdf-page') ?? [])]
}

function placeAt(scroller: HTMLElement, y: number): Place {
  const sheets = pageElements(scroller)
  const index = Math.max(
    0,
    sheets.findLastIndex((s) => s.offsetTop <= y),
  )
  const sheet = sheets[index]
  if (!sheet) return { page: 1, within: 0 }
  return { page: index + 1, within: Math.max(0, (y - sheet.offsetTop) / Math.max(1, sheet.offsetHeight)) }
}
