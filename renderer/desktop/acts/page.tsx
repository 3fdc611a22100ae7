import { useState } from 'react'
import { useParams } from 'react-router'
import { urlOf } from '../../../contracts/client.ts'
import type { ActView, LineResult } from '../../../contracts/views.ts'
import { useHub } from '../../data/hub.ts'
import { actsText } from '../../text/acts.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { enumeration, longDate, longDateTime } from '../../ui/format.ts'
import { LineResults } from '../../ui/line-results.tsx'
import { Link } from '../../ui/link.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader, Section } from '../../ui/page.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { Steps } from '../../ui/steps.tsx'
import { History } from '../journal/history.tsx'
import { Loaded } from '../loaded.tsx'
import { Circuit } from '../parapheur/circuit.tsx'
import { useMay, useMe, usePageTitle } from '../session.tsx'
import './acts.css'
import { ActButton } from './batch.tsx'
import { ActDocuments } from './documents.tsx'
import { FileLink } from './reader.tsx'
import { actionOf, batchRights, lifeOf, missingOf, stepOf, stepTone } from './steps.ts'

const words = actsText.page

/** One act, its whole story downwards. */
export default function ActPage() {
  const { id = '' } = useParams()
  const view = useHub('act', { params: { id } })
  usePageTitle(view.data?.act.title ?? words.title)
  return (
    <div className="page">
      <Loaded query={view}>{(v) => <Story view={v} />}</Loaded>
    </div>
  )
}

function Story({ view }: { view: ActView }) {
  const { act } = view
  const zone = useMe().authority.timeZone
  return (
    <>
      <Head view={view} />
      <Steps label={words.life} steps={lifeOf(act, zone)} />
      <Enforceability view={view} />
      <Section title={words.facts}>
        <FactList
          columns={2}
          facts={[
            { label: words.number, value: act.number },
            { label: words.outcome, value: words.outcomes[act.outcome] },
            { label: words.decidedOn, value: longDate(act.decidedOn) },
            {
              label: words.sitting,
              value: <Link href={`/seances/${act.sittingId}`}>{view.sittingTitle}</Link>,
            },
            { label: words.rank, value: act.rank },
            { label: words.nature, value: words.natures[act.nature] ?? act.nature },
            { label: words.subject, value: act.subjectCode },
            act.budgetFileId
              ? {
                  label: words.budget,
                  value: <Link href={`/finances/${act.budgetFileId}`}>{words.seeBudget}</Link>,
                }
              : undefined,
          ]}
        />
      </Section>
      <Section title={words.documents}>
        <ActDocuments act={act} />
      </Section>
      <Signing view={view} />
      <Sending view={view} />
      <Online view={view} />
      <Section title={words.history}>
        <History lines={view.history} />
      </Section>
    </>
  )
}

function Head({ view }: { view: ActView }) {
  const { act, nextStep } = view
  const me = useMe()
  const [results, setResults] = useState<readonly LineResult[]>([])
  const step = stepOf(view)
  const action = actionOf(view)
  const mine = action && me.permissions.includes(batchRights[action]) ? action : null
  // Publication never waits for the prefecture: both may be offered at once.
  const alsoPublish =
    action === 'transmit' && act.publicityState === 'pending' && me.permissions.includes(batchRights.publish)
  return (
    <>
      <PageHeader
        title={act.title}
        parent={{ label: actsText.title, href: '/actes' }}
        badge={
          step &&
          nextStep &&
          !mine && (
            <StateBadge tone={stepTone[step]}>
              {step === 'seeAnomaly' ? actsText.stepFilter.seeAnomaly : nextStep.label}
            </StateBadge>
          )
        }
        actions={
          <>
            {mine && <ActButton key={mine} action={mine} acts={[act]} primary onDone={setResults} />}
            {alsoPublish && <ActButton action="publish" acts={[act]} primary={false} onDone={setResults} />}
            {step === 'seeAnomaly' && view.transmission && (
              <ButtonLink kind="primary" href={`/transmissions/${view.transmission.id}`}>
                {words.seeAnomaly}
              </ButtonLink>
            )}
          </>
        }
      >
        {act.number} · {view.sittingTitle}, {longDate(act.decidedOn)}
      </PageHeader>
      <LineResults
        results={results.map((r) => ({ ...r, label: act.number }))}
        onClose={() => setResults([])}
      />
    </>
  )
}

function Enforceability({ view }: { view: ActView }) {
  const { act, enforceableFrom } = view
  const zone = useMe().authority.timeZone
  const rule =
    act.outcome === 'refused' ? words.refusedRule : act.transmissible ? words.rule : words.ruleLocal
  if (enforceableFrom)
    return (
      <Notice kind="done" title={`${words.enforceable(longDateTime(enforceableFrom, zone))}.`}>
        {rule}
      </Notice>
    )
  return (
    <Notice title={act.outcome === 'refused' ? words.outcomes.refused : `${words.notEnforceable}.`}>
      {act.outcome !== 'refused' && <p>{words.missingIs(enumeration(missingOf(view)))}</p>}
      <p>{rule}</p>
    </Notice>
  )
}

function Signing({ view: { folder } }: { view: ActView }) {
  const mayRead = useMay('folder.read')
  return (
    <Section
      title={words.signing}
      actions={folder && mayRead && <Link href={`/parapheur/${folder.id}`}>{words.openFolder}</Link>}
    >
      {folder ? <Circuit steps={folder.steps} /> : <p className="soft">{words.notSent}</p>}
    </Section>
  )
}

function Sending({ view: { act, transmission } }: { view: ActView }) {
  const zone = useMe().authority.timeZone
  const mayRead = useMay('transmission.read')
  const refused = act.stateTrack === 'refused' || act.stateTrack === 'technicalReject'
  const tone = act.stateTrack === 'received' ? 'done' : refused ? 'danger' : 'waiting'
  return (
    <Section
      title={words.transmission}
      actions={
        transmission &&
        mayRead && <Link href={`/transmissions/${transmission.id}`}>{words.openTransmission}</Link>
      }
    >
      {transmission === null ? (
        <p className="soft">{act.transmissible ? words.notTransmitted : words.notTransmissible}</p>
      ) : (
        <FactList
          facts={[
            {
              label: words.state,
              value: <StateBadge tone={tone}>{words.states[act.stateTrack]}</StateBadge>,
            },
            act.transmittedAt
              ? { label: words.transmittedAt, value: longDateTime(act.transmittedAt, zone) }
              : undefined,
            act.receipt ? { label: words.receivedOn, value: longDate(act.receipt.receivedOn) } : undefined,
            act.receipt ? { label: words.receiptId, value: <code>{act.receipt.actId}</code> } : undefined,
            act.receipt
              ? {
                  label: words.receipt,
                  value: <FileLink scope="act" id={act.id} file={act.receipt.file} />,
                }
              : undefined,
          ]}
        />
      )}
    </Section>
  )
}

function Online({ view: { act } }: { view: ActView }) {
  const zone = useMe().authority.timeZone
  return (
    <Section title={words.publication}>
      {act.publication === null ? (
        <p className="soft">{words.notPublished}</p>
      ) : (
        <FactList
          facts={[
            { label: words.publishedAt, value: longDateTime(act.publication.publishedAt, zone) },
            { label: words.author, value: act.publication.authorLine },
            {
              label: words.publicPage,
              value: (
                <Link href={urlOf('publicAct', { params: { number: act.number } })} external>
                  {words.openPublic}
                </Link>
              ),
            },
          ]}
        />
      )}
    </Section>
  )
}
