import { Download } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { urlOf } from '../../../contracts/client.ts'
import type { FileRef } from '../../../core/sitting/model.ts'
import { partsText } from '../../text/parts.ts'
import { fileSize } from '../../ui/format.ts'
import { Link } from '../../ui/link.tsx'
import './reader.css'

const PdfViewer = lazy(() => import('../../ui/pdf/pdf-viewer.tsx'))

export type FileScope = 'sitting' | 'pack' | 'act' | 'folder' | 'finance' | 'transmission'

/** Where a file of an object is read; `download` gives it back under its own name. */
export function fileUrl(scope: FileScope, id: string, file: FileRef, download = false): string {
  return urlOf('file', {
    params: { scope, id, sha256: file.sha256 },
    query: { download: download ? '1' : undefined },
  })
}

const isPdf = (f: FileRef): boolean => f.mediaType === 'application/pdf'

interface ReaderProps {
  scope: FileScope
  id: string
  file: FileRef
  title: string
}

/** One file of an object: a PDF is read in place, anything else is given to download. Its parent has a height. */
export function Reader({ scope, id, file, title }: ReaderProps) {
  if (!isPdf(file)) return <FileLink scope={scope} id={id} file={file} />
  return (
    <Suspense fallback={<p className="soft reader-wait">{partsText.document.wait}</p>}>
      <PdfViewer
        key={file.sha256}
        url={fileUrl(scope, id, file)}
        title={title}
        downloadUrl={fileUrl(scope, id, file, true)}
      />
    </Suspense>
  )
}

/** A file to take away, with its name and size. */
export function FileLink({ scope, id, file }: Omit<ReaderProps, 'title'>) {
  return (
    <span className="file-link">
      <Download className="icon" aria-hidden />
      <Link href={fileUrl(scope, id, file, true)} download={file.name}>
        {file.name}
      </Link>
      <span className="soft">{fileSize(file.size)}</span>
    </span>
  )
}
