import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useParams } from 'react-router'
import type { TransmissionView } from '../../../contracts/views.ts'
import type { Transmission } from '../../../core/transmission/model.ts'
import { useCommand, useHub } from '../../data/hub.ts'
import { transmissionsText } from '../../text/transmissions.ts'
import { StatusLine } from '../../ui/announce.tsx'
import { Button } from '../../ui/button.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { longDateTime, plainDate, shortDateTime } from '../../ui/format.ts'
import { Hash } from '../../ui/hash.tsx'
import { Link } from '../../ui/link.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader, Section } from '../../ui/page.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { FileLink } from '../acts/reader.tsx'
import { History } from '../journal/history.tsx'
import { Loaded } from '../loaded.tsx'
import { useMay, useMe, usePageTitle } from '../session.tsx'
import { Trouble } from '../trouble.tsx'
import { useInbox } from './inbox.tsx'
import { transmissionTone } from './tone.ts'

const words = transmissionsText.page

/** One sending: what left, each message with its file, what is wrong and how to go on. */
export default function TransmissionPage() {
  const { id = '' } = useParams()
  const view = useHub('transmission', { params: { id } })
  usePageTitle(view.data?.transmission.title ?? words.title)
  return (
    <div className="page">
      <Loaded query={view}>{(v) => <Story view={v} />}</Loaded>
    </div>
  )
}

function Story({ view }: { view: TransmissionView }) {
  const { transmission: t } = view
  const me = useMe()
  const zone = me.authority.timeZone
  return (
    <>
      <Head transmission={t} />
      <Section title={words.messages}>
        <Messages transmission={t} />
      </Section>
      <Section title={words.facts}>
        <FactList
          facts={[
            t.actId
              ? { label: words.act, value: <Link href={`/actes/${t.actId}`}>{words.openAct}</Link> }
              : undefined,
            t.financeFileId && me.permissions.includes('finance.read')
              ? {
                  label: words.flow,
                  value: <Link href={`/finances/${t.financeFileId}`}>{words.openFlow}</Link>,
                }
              : undefined,
            { label: words.channel, value: words.channels[t.channel] ?? t.channel },
            t.envelopeName ? { label: words.envelope, value: <code>{t.envelopeName}</code> } : undefined,
            { label: words.serial, value: t.serial },
            { label: words.built, value: plainDate(t.builtOn) },
            t.sentAt ? { label: words.sentAt, value: longDateTime(t.sentAt, zone) } : undefined,
            t.archive
              ? {
                  label: words.archive,
                  value: <FileLink scope="transmission" id={t.id} file={t.archive} />,
                }
              : undefined,
            t.archive ? { label: words.hash, value: <Hash value={t.archive.sha256} /> } : undefined,
            {
              label: words.unique,
              value: (
                <>
                  <code>{t.uniqueKey}</code> <span className="soft">({words.uniqueWhat})</span>
                </>
              ),
            },
          ]}
        />
      </Section>
      <Section title={words.history}>
        <History lines={view.history} />
      </Section>
    </>
  )
}

function Head({ transmission: t }: { transmission: Transmission }) {
  const maySend = useMay('transmission.send')
  const inbox = useInbox()
  const [said, setSaid] = useState('')
  const retry = useCommand('transmissionRetry', () => setSaid(words.retryDone))
  const again = useCommand('actsTransmit', ([line]) => setSaid(line?.message ?? ''))
  const anomaly = t.state === 'anomaly' ? t.messages.findLast((m) => m.direction === 'received') : undefined
  return (
    <>
      <PageHeader
        title={t.title}
        parent={{ label: transmissionsText.title, href: '/transmissions' }}
        badge={<StateBadge tone={transmissionTone[t.state]}>{transmissionsText.state[t.state]}</StateBadge>}
        actions={
          t.state === 'failed'
            ? maySend && (
                <Button
                  kind="primary"
                  icon={RefreshCw}
                  pending={retry.isPending}
                  onPress={() => retry.mutate({ input: { params: { id: t.id } } })}
                >
                  {words.retry}
                </Button>
              )
            : t.state === 'anomaly' && t.actId
              ? maySend && (
                  <Button
                    kind="primary"
                    icon={RefreshCw}
                    pending={again.isPending}
                    onPress={() => again.mutate({ input: { body: { ids: [t.actId ?? ''] } } })}
                  >
                    {words.again}
                  </Button>
                )
              : t.state !== 'received' && inbox.actions
        }
      >
        {transmissionsText.what(t)}
      </PageHeader>
      {t.state === 'failed' && t.error && (
        <Notice kind="danger" title={words.error}>
          {t.error}
        </Notice>
      )}
      {anomaly && (
        <Notice kind="danger" title={words.anomaly}>
          {anomaly.label}
        </Notice>
      )}
      <StatusLine tone="done">{said}</StatusLine>
      <Trouble error={retry.error ?? again.error} />
      {inbox.account}
    </>
  )
}

function Messages({ transmission: t }: { transmission: Transmission }) {
  const zone = useMe().authority.timeZone
  if (t.messages.length === 0) return <p className="soft">{words.noMessage}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than its place scrolls by keyboard
    <section className="table-scroll" tabIndex={0} aria-label={words.messages}>
      <table className="plain-table">
        <caption className="visually-hidden">{words.messages}</caption>
        <thead>
          <tr>
            <th scope="col">{words.message}</th>
            <th scope="col">{words.at}</th>
            <th scope="col">{words.what}</th>
            <th scope="col">{words.file}</th>
          </tr>
        </thead>
        <tbody>
          {t.messages.map((m) => (
            <tr key={`${m.code}${m.at}${m.label}`}>
              <th scope="row">
                <strong>{m.code}</strong> <span className="soft">{words.direction[m.direction]}</span>
              </th>
              <td>{shortDateTime(m.at, zone)}</td>
              <td>
                {words.codes[m.code] ?? ''}
                {m.direction === 'received' && <div className="soft">{m.label}</div>}
              </td>
              <td>{m.file && <FileLink scope="transmission" id={t.id} file={m.file} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
