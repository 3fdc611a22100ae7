import { FileSignature, Send } from 'lucide-react'
import { useState } from 'react'
import { useParams } from 'react-router'
import type { FinanceView } from '../../../contracts/views.ts'
import { currentStep } from '../../../core/signing-folder/model.ts'
import { useCommand, useHub } from '../../data/hub.ts'
import { financeText } from '../../text/finance.ts'
import { transmissionsText } from '../../text/transmissions.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { fileSize, longDateTime } from '../../ui/format.ts'
import { Hash } from '../../ui/hash.tsx'
import { Link } from '../../ui/link.tsx'
import { PageHeader, Section } from '../../ui/page.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { FileLink } from '../acts/reader.tsx'
import { History } from '../journal/history.tsx'
import { Loaded } from '../loaded.tsx'
import { Circuit } from '../parapheur/circuit.tsx'
import { useMay, useMe, usePageTitle } from '../session.tsx'
import { transmissionTone } from '../transmissions/tone.ts'
import { Trouble } from '../trouble.tsx'
import { FinanceContentView } from './content.tsx'
import { financeTone } from './list.tsx'
import { Problems } from './problems.tsx'

const words = financeText.page

export default function FinancePage() {
  const { id = '' } = useParams()
  const view = useHub('financeFile', { params: { id } })
  usePageTitle(view.data?.financeFile.title ?? words.title)
  return (
    <div className="page">
      <Loaded query={view}>{(v) => <Story view={v} />}</Loaded>
    </div>
  )
}

function Story({ view }: { view: FinanceView }) {
  const { financeFile: f, folder, transmission } = view
  const zone = useMe().authority.timeZone
  return (
    <>
      <Head view={view} />
      {f.problems.length > 0 && <Problems file={f} />}
      <FinanceContentView file={f} content={view.content} />
      {folder && (
        <Section
          title={words.signing}
          actions={<Link href={`/parapheur/${folder.id}`}>{words.openFolder}</Link>}
        >
          <Circuit steps={folder.steps} />
        </Section>
      )}
      {transmission && (
        <Section
          title={words.transmission}
          actions={<Link href={`/transmissions/${transmission.id}`}>{words.seeTransmission}</Link>}
        >
          <p>
            <StateBadge tone={transmissionTone[transmission.state]}>
              {transmissionsText.state[transmission.state]}
            </StateBadge>
          </p>
        </Section>
      )}
      <Section title={words.facts}>
        <FactList
          facts={[
            { label: words.original, value: <FileLink scope="finance" id={f.id} file={f.file} /> },
            f.signedFile
              ? { label: words.signed, value: <FileLink scope="finance" id={f.id} file={f.signedFile} /> }
              : undefined,
            { label: words.size, value: fileSize(f.file.size) },
            { label: words.hash, value: <Hash value={f.file.sha256} /> },
            { label: words.received, value: longDateTime(f.receivedAt, zone) },
            { label: words.by, value: f.receivedBy },
          ]}
        />
      </Section>
      {f.problems.length === 0 && <Problems file={f} />}
      <Section title={words.history}>
        <History lines={view.history} />
      </Section>
    </>
  )
}

function Head({ view }: { view: FinanceView }) {
  const { financeFile: f, folder } = view
  const mayPrepare = useMay('finance.prepare')
  const maySend = useMay('transmission.send')
  const [asking, setAsking] = useState(false)
  const toSign = useCommand('financeSendToSign')
  const send = useCommand('financeTransmit', () => setAsking(false))
  const input = { input: { params: { id: f.id } } }
  const pes = f.kind === 'pes'
  const waiting = folder ? currentStep(folder) : null
  return (
    <>
      <PageHeader
        title={f.title}
        parent={{ label: financeText.title, href: '/finances' }}
        badge={<StateBadge tone={financeTone(f)}>{financeText.state[f.state]}</StateBadge>}
        actions={
          <>
            {pes && mayPrepare && (f.state === 'checked' || f.state === 'rejected') && (
              <Button
                kind="primary"
                icon={FileSignature}
                pending={toSign.isPending}
                onPress={() => toSign.mutate(input)}
              >
                {f.state === 'rejected' ? words.sendAgain : words.sendToSign}
              </Button>
            )}
            {pes && maySend && f.state === 'signed' && (
              <Button kind="primary" icon={Send} onPress={() => setAsking(true)}>
                {words.toTreasury}
              </Button>
            )}
            {f.actId && <ButtonLink href={`/actes/${f.actId}`}>{words.budgetAct}</ButtonLink>}
          </>
        }
      >
        {f.state === 'refused' && words.refusedLead}
        {f.kind === 'budget' && f.state !== 'refused' && words.budgetLead}
        {f.state === 'toSign' && waiting && words.waitsSignature(waiting.holderName)}
        {f.state === 'rejected' && words.rejectedLead}
        {f.state === 'signed' && words.signedLead}
      </PageHeader>
      <Trouble error={toSign.error} />
      <ConfirmDialog
        isOpen={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => send.mutate(input)}
        title={words.confirmTitle}
        confirmLabel={words.confirm}
        pending={send.isPending}
      >
        <p>{words.confirmWhat(f.title)}</p>
        <Trouble error={send.error} />
      </ConfirmDialog>
    </>
  )
}
