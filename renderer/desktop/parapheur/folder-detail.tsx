import { PenLine, X } from 'lucide-react'
import type { FolderView } from '../../../contracts/views.ts'
import { currentStep } from '../../../core/signing-folder/model.ts'
import { useHub } from '../../data/hub.ts'
import { parapheurText as words } from '../../text/parapheur.ts'
import { Button } from '../../ui/button.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { plainDate, shortDateTime } from '../../ui/format.ts'
import { Hash } from '../../ui/hash.tsx'
import { Link } from '../../ui/link.tsx'
import { Notice } from '../../ui/notice.tsx'
import { FileLink, Reader } from '../acts/reader.tsx'
import { FinanceContentView } from '../finance/content.tsx'
import { History } from '../journal/history.tsx'
import { Loaded } from '../loaded.tsx'
import { useMay, useMe } from '../session.tsx'
import { Circuit } from './circuit.tsx'

interface DetailProps {
  id: string
  onSign: () => void
  onRefuse: () => void
}

/** One folder: the document, and beside it what is asked and who acted before. */
export function FolderDetail({ id, onSign, onRefuse }: DetailProps) {
  const view = useHub('folder', { params: { id } })
  return (
    <Loaded query={view}>
      {(v) => (
        <div className="folder-detail">
          <section className="folder-asked" aria-label={words.asked}>
            <Asked view={v} onSign={onSign} onRefuse={onRefuse} />
          </section>
          <div className="folder-document">
            <FolderDocument view={v} />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls alone, and must by keyboard too */}
          <section className="folder-story" tabIndex={0} aria-label={words.who}>
            <FolderStory view={v} />
          </section>
        </div>
      )}
    </Loaded>
  )
}

function FolderDocument({ view: { folder } }: { view: FolderView }) {
  if (folder.kind === 'pes' && folder.financeFileId)
    return <Flow financeFileId={folder.financeFileId} view={folder} />
  return <Reader scope="folder" id={folder.id} file={folder.document} title={folder.title} />
}

function Flow({ financeFileId, view: folder }: { financeFileId: string; view: FolderView['folder'] }) {
  const mayRead = useMay('finance.read')
  const flow = useHub('financeFile', { params: { id: financeFileId } }, { enabled: mayRead })
  if (!mayRead)
    return (
      <div className="page">
        <Notice title={words.flowElsewhere}>
          <FileLink scope="folder" id={folder.id} file={folder.document} />
        </Notice>
      </div>
    )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the flow scrolls alone, and must by keyboard too
    <section className="page folder-flow" tabIndex={0} aria-label={folder.title}>
      <Loaded query={flow}>{(v) => <FinanceContentView file={v.financeFile} content={v.content} />}</Loaded>
    </section>
  )
}

function Asked({ view, onSign, onRefuse }: Omit<DetailProps, 'id'> & { view: FolderView }) {
  const { folder: f, mine } = view
  const step = currentStep(f)
  return (
    <>
      <h2>{f.title}</h2>
      {mine && step ? (
        <>
          <p>{words.askedSign(step.label)}</p>
          <div className="folder-actions">
            <Button kind="primary" icon={PenLine} onPress={onSign} shortcut="s">
              {words.sign}
            </Button>
            <Button kind="danger" icon={X} onPress={onRefuse} shortcut="r">
              {words.refuse}
            </Button>
          </div>
        </>
      ) : (
        <p className="soft">
          {step && f.state === 'inProgress'
            ? words.notYours(step.holderName, step.label)
            : f.state === 'rejected'
              ? words.rejected
              : words.over}
        </p>
      )}
    </>
  )
}

function FolderStory({ view }: { view: FolderView }) {
  const { folder: f } = view
  const zone = useMe().authority.timeZone
  const mayReadActs = useMay('act.read')
  const mayReadFinance = useMay('finance.read')
  return (
    <>
      <h3>{words.who}</h3>
      <Circuit steps={f.steps} />
      <h3>{words.facts}</h3>
      <FactList
        facts={[
          { label: words.kindLabel, value: words.kind[f.kind] },
          { label: words.sentBy, value: f.sentBy },
          { label: words.sentAt, value: shortDateTime(f.sentAt, zone) },
          f.dueOn ? { label: words.dueOn, value: plainDate(f.dueOn) } : undefined,
          { label: words.fingerprint, value: <Hash value={f.document.sha256} /> },
        ]}
      />
      {f.actId && mayReadActs && <Link href={`/actes/${f.actId}`}>{words.openAct}</Link>}
      {f.financeFileId && mayReadFinance && (
        <Link href={`/finances/${f.financeFileId}`}>{words.openFlow}</Link>
      )}
      <h3>{words.history}</h3>
      <History lines={view.history} />
    </>
  )
}
