import { lazy, Suspense, useState } from 'react'
import { frameText } from '../text/frame.ts'
import { Dialog } from '../ui/dialog.tsx'
import './document-link.css'

const PdfViewer = lazy(() => import('../ui/pdf/pdf-viewer.tsx'))

interface DocumentLinkProps {
  url: string
  title: string
  /** What the link says when it is not the title: "Convocation". */
  label?: string | undefined
  /** Completes the label for screen readers, when several lines say the same. */
  about?: string | undefined
}

/** Opens a PDF above the page, and gives the place back when it closes. */
export function DocumentLink({ url, title, label, about }: DocumentLinkProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="document-link" onClick={() => setOpen(true)}>
        {label ?? title}
        {about && <span className="visually-hidden"> : {about}</span>}
      </button>
      <Dialog isOpen={open} onClose={() => setOpen(false)} title={title} shape="wide">
        <div className="document-view">
          <Suspense fallback={<p role="status">{frameText.pageWait}</p>}>
            <PdfViewer url={url} title={title} downloadUrl={`${url}?download=1`} />
          </Suspense>
        </div>
      </Dialog>
    </>
  )
}
