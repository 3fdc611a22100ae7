import type { Act } from '../../../core/act/model.ts'
import { actsText } from '../../text/acts.ts'
import { Hash } from '../../ui/hash.tsx'
import { Tag } from '../../ui/state-badge.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Reader } from './reader.tsx'

const words = actsText.page

type Annex = Act['annexes'][number]

/** The délibération as it stands, signed when it is, and its annexes, one under the eyes at a time. */
export function ActDocuments({ act }: { act: Act }) {
  const text = act.signedDocument ?? act.document
  if (!text) return <p className="soft">{words.noDocument}</p>
  const title = act.signatureState === 'signed' ? words.textSigned : words.text
  const main = <Shown actId={act.id} file={text} title={`${title} ${act.number}`} />
  if (act.annexes.length === 0) return main
  return (
    <Tabs
      label={words.documents}
      items={[
        { id: 'text', label: title, content: main },
        ...act.annexes.map((a) => ({
          id: a.id,
          label: a.title,
          content: <Shown actId={act.id} file={a.file} title={a.title} annex={a} />,
        })),
      ]}
    />
  )
}

interface ShownProps {
  actId: string
  file: Annex['file']
  title: string
  annex?: Annex
}

function Shown({ actId, file, title, annex }: ShownProps) {
  return (
    <div className="act-document">
      <p className="act-document-facts">
        <span className="soft">{words.documentHash}</span> <Hash value={file.sha256} />
        {annex?.confidential && <Tag>{words.annexHidden}</Tag>}
        {annex && !annex.toPublish && <Tag>{words.annexNotPublished}</Tag>}
      </p>
      <div className={file.mediaType === 'application/pdf' ? 'reader-box' : undefined}>
        <Reader scope="act" id={actId} file={file} title={title} />
      </div>
    </div>
  )
}
