import { CircleCheck, CircleX, UserRoundPen } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { TabletShell } from '../tablet/shell.tsx'
import { typeset } from '../ui/format.ts'
import { SplitPane } from '../ui/split-pane.tsx'
import { agenda } from './sample-data.ts'

const PdfViewer = lazy(() => import('../ui/pdf/pdf-viewer.tsx'))

/** Address of a small PDF made on the spot. */
async function samplePdf(): Promise<string> {
  const { PDFDocument, StandardFonts } = await import('@cantoo/pdf-lib')
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.TimesRoman)
  for (let n = 1; n <= 12; n++) {
    const page = pdf.addPage([595, 842])
    page.drawText(`Délibération 2026-${String(n).padStart(3, '0')}`, { x: 72, y: 740, size: 22, font })
    for (let line = 0; line < 30; line++) {
      page.drawText('Le conseil municipal, après en avoir délibéré, décide d’attribuer les subventions.', {
        x: 72,
        y: 700 - line * 20,
        size: 12,
        font,
      })
    }
  }
  return URL.createObjectURL(
    new Blob([(await pdf.save()) as Uint8Array<ArrayBuffer>], { type: 'application/pdf' }),
  )
}

export function TabletSample() {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (new URLSearchParams(location.search).get('open') === 'missing') setUrl('/missing.pdf')
    else void samplePdf().then(setUrl)
  }, [])
  return (
    <TabletShell
      title="Conseil du 10 décembre"
      path="/seances/1"
      back={{ label: 'Séances', href: '#' }}
      network="allHere"
      networkDetail="214 pages"
      onSearch={() => undefined}
      answer={{
        groups: [
          {
            items: [
              { id: 'present', label: 'Je serai présent', icon: CircleCheck },
              { id: 'absent', label: 'Je serai absent', icon: CircleX },
              { id: 'proxy', label: 'Donner pouvoir', icon: UserRoundPen },
            ],
          },
        ],
      }}
    >
      <SplitPane
        fill
        listSize="narrow"
        listLabel="Dossier"
        list={
          <ol className="page" style={{ listStyle: 'none', gap: 4 }}>
            {agenda.map((a) => (
              <li key={a.id}>
                {a.rank} {typeset(a.title)}
              </li>
            ))}
          </ol>
        }
        detail={
          url && (
            <Suspense>
              <PdfViewer url={url} title="Délibération 7" initialPage={3} thumbnails />
            </Suspense>
          )
        }
      />
    </TabletShell>
  )
}
