import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { useEffect, useState } from 'react'
import type { PageSize } from './pdf-page.tsx'
import { type PdfProblem, pdfProblem } from './problem.ts'

interface Opening {
  document: PDFDocumentProxy | undefined
  sizes: readonly PageSize[]
  /** How much has come, 0 to 1. */
  ratio: number
  problem: PdfProblem | undefined
}

const nothing: Opening = { document: undefined, sizes: [], ratio: 0, problem: undefined }

/** Opens the PDF of an address and measures its pages; closes it when the address changes. */
export function usePdf(url: string): Opening & { retry: () => void } {
  const [opening, setOpening] = useState(nothing)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt opens the same address again
  useEffect(() => {
    let left = false
    let close = () => {}
    setOpening(nothing)
    const open = async () => {
      const { openPdf } = await import('./engine.ts')
      if (left) return
      const opened = openPdf(url, (ratio) => !left && setOpening((o) => ({ ...o, ratio })))
      close = opened.close
      const document = await opened.document
      const sizes = await measure(document)
      if (!left) setOpening({ document, sizes, ratio: 1, problem: undefined })
    }
    open().catch((error: unknown) => {
      if (!left) setOpening({ ...nothing, problem: pdfProblem(error) })
    })
    return () => {
      left = true
      close()
    }
  }, [url, attempt])
  return { ...opening, retry: () => setAttempt((n) => n + 1) }
}

async function measure(pdf: PDFDocumentProxy): Promise<PageSize[]> {
  const ranks = Array.from({ length: pdf.numPages }, (_, i) => i + 1)
  return Promise.all(
    ranks.map(async (n) => {
      const { width, height } = (await pdf.getPage(n)).getViewport({ scale: 1 })
      return { width, height }
    }),
  )
}
