import './polyfills.ts'
import {
  GlobalWorkerOptions,
  getDocument,
  type PDFDocumentProxy,
  TextLayer,
} from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from './pdf.worker.ts?worker&url'

export { TextLayer }

GlobalWorkerOptions.workerSrc = workerUrl

// Absolute, so that the worker finds them wherever its own file stands.
const folder = (name: string) => new URL(`/pdfjs/${name}/`, document.baseURI).href

export interface OpenedPdf {
  document: Promise<PDFDocumentProxy>
  close: () => void
}

/** Opens a PDF by its address (same origin); `onProgress` receives a ratio when the size is known. */
export function openPdf(url: string, onProgress: (ratio: number) => void): OpenedPdf {
  const task = getDocument({
    url,
    withCredentials: true,
    // The same letters on every device: fonts come from the file, else from those shipped with the program.
    useSystemFonts: false,
    cMapUrl: folder('cmaps'),
    standardFontDataUrl: folder('standard_fonts'),
    wasmUrl: folder('wasm'),
    iccUrl: folder('iccs'),
  })
  task.onProgress = ({ loaded, total }: { loaded: number; total: number }) => {
    if (total > 0) onProgress(Math.min(1, loaded / total))
  }
  return { document: task.promise, close: () => void task.destroy() }
}
