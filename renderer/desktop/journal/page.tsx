import { useState } from 'react'
import { urlOf } from '../../../contracts/client.ts'
import type { JournalLine } from '../../../contracts/views.ts'
import { troubleOf, useCommand, useHub } from '../../data/hub.ts'
import { journalText } from '../../text/journal.ts'
import { partsText } from '../../text/parts.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { shortDateTime } from '../../ui/format.ts'
import { Hash } from '../../ui/hash.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { Loaded } from '../loaded.tsx'
import { usePageTitle } from '../session.tsx'

const columns: readonly Column<JournalLine>[] = [
  { id: 'seq', label: journalText.columns.seq, cell: (l) => l.seq, numeric: true, width: '5rem' },
  { id: 'at', label: journalText.columns.at, cell: (l) => shortDateTime(l.at), width: '12rem' },
  {
    id: 'what',
    label: journalText.columns.what,
    cell: (l) => l.summary,
    filterText: (l) => l.summary,
    rowHeader: true,
  },
  {
    id: 'who',
    label: journalText.columns.who,
    cell: (l) => partsText.actor(l.actorLabel, l.capacity),
    filterText: (l) => l.actorLabel,
    width: '18rem',
  },
  { id: 'hash', label: journalText.columns.hash, cell: (l) => <Hash value={l.hash} />, width: '11rem' },
]

/** The evidence journal: its lines, newest first, its check, its export. */
export default function JournalPage() {
  usePageTitle(journalText.title)
  const [before, setBefore] = useState<number | undefined>(undefined)
  const lines = useHub('journal', { query: before === undefined ? {} : { before } })
  const verify = useCommand('journalVerify')
  return (
    <div className="page">
      <PageHeader
        title={journalText.title}
        actions={
          <>
            <Button kind="primary" onPress={() => verify.mutate({})} pending={verify.isPending}>
              {journalText.verify}
            </Button>
            <ButtonLink href={urlOf('journalExport')} download>
              {journalText.export}
            </ButtonLink>
          </>
        }
      >
        {journalText.lead}
      </PageHeader>
      {verify.error && <Notice kind="danger" title={troubleOf(verify.error).message} live />}
      {verify.data && (
        <Notice kind={verify.data.ok ? 'done' : 'danger'} title={verify.data.message} live>
          {journalText.exportWhat}
        </Notice>
      )}
      <Loaded query={lines}>
        {({ lines: shown, total, head }) => (
          <>
            <FactList
              facts={[
                { label: journalText.head, value: <Hash value={head} full /> },
                { label: journalText.total(total), value: journalText.headWhat },
              ]}
            />
            <DataTable
              caption={journalText.list}
              columns={columns}
              rows={shown}
              rowId={(l) => String(l.seq)}
              rowLabel={(l) => `${l.seq} ${l.summary}`}
              noun={journalText.noun}
            />
            <div className="form-actions">
              {(shown.at(-1)?.seq ?? 1) > 1 && (
                <Button onPress={() => setBefore(shown.at(-1)?.seq)}>{journalText.older}</Button>
              )}
              {before !== undefined && (
                <Button onPress={() => setBefore(undefined)}>{journalText.newer}</Button>
              )}
            </div>
          </>
        )}
      </Loaded>
    </div>
  )
}
