import { useState } from 'react'
import { urlOf } from '../../../contracts/client.ts'
import type { SittingView } from '../../../contracts/views.ts'
import { isHandedOver } from '../../../core/sitting/dispatch.ts'
import type { ConvocationDispatch } from '../../../core/sitting/model.ts'
import { quorumRequired } from '../../../core/sitting/quorum.ts'
import { troubleOf, useCommand } from '../../data/hub.ts'
import { sittingText } from '../../text/sittings.ts'
import { convocationText as words } from '../../text/sittings-convocation.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { FieldProblem } from '../../ui/field.tsx'
import { Form, FormActions } from '../../ui/form.tsx'
import { longDateTime } from '../../ui/format.ts'
import { EmptyState, Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Tag } from '../../ui/state-badge.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { DocumentLink } from '../document-link.tsx'
import { useMe } from '../session.tsx'
import { DispatchTable } from './dispatch-table.tsx'
import { Figures } from './figures.tsx'
import { memberName } from './members.ts'

/** After the sending: who was reached and when, the proofs, the answers and the powers. */
export function Convocation({ view, mayConvoke }: { view: SittingView; mayConvoke: boolean }) {
  const { sitting } = view
  const current = sitting.convocations.at(-1)
  const me = useMe()
  const [onPaper, setOnPaper] = useState<ConvocationDispatch>()
  const retry = useCommand('dispatchRetry')
  if (!current) return <EmptyState title={words.none} />
  const dispatches = view.dispatches.filter((d) => d.convocationVersion === current.version)
  const left = dispatches.filter((d) => !isHandedOver(d))
  return (
    <div className="convocation">
      {current.urgencyReason !== null && (
        <Notice kind="warning" title={words.urgency}>
          {words.urgencyReason(current.urgencyReason)}
        </Notice>
      )}
      {left.length > 0 ? (
        <Progress label={words.sending} value={dispatches.length - left.length} max={dispatches.length} />
      ) : (
        current.sentAt && (
          <p>
            {words.sentAll(longDateTime(current.sentAt, me.authority.timeZone))}{' '}
            <span className="soft">
              {words.delay(
                sittingText.page.clearDays(current.clearDays),
                sittingText.page.clearDays(current.clearDaysRequired),
              )}
            </span>
          </p>
        )
      )}
      <Section title={words.replies}>
        <Replies view={view} />
      </Section>
      {retry.error && <Notice kind="danger" title={troubleOf(retry.error).message} live />}
      <DispatchTable
        view={view}
        dispatches={dispatches}
        onRetry={
          mayConvoke
            ? (d) => retry.mutate({ input: { params: { id: sitting.id, dispatchId: d.id } } })
            : undefined
        }
        onPaper={mayConvoke ? setOnPaper : undefined}
      />
      <Section title={words.documents}>
        <ul className="sent-documents">
          {current.documents.map((d) => (
            <li key={d.file.sha256}>
              <DocumentLink
                url={urlOf('file', { params: { scope: 'sitting', id: sitting.id, sha256: d.file.sha256 } })}
                title={d.title}
              />{' '}
              {d.confidential && <Tag>{words.confidential}</Tag>}
            </li>
          ))}
        </ul>
      </Section>
      <Dialog
        isOpen={onPaper !== undefined}
        onClose={() => setOnPaper(undefined)}
        title={onPaper ? words.paperTitle(memberName(view.members, onPaper.recipientId)) : ''}
      >
        {onPaper && (
          <PaperForm sittingId={sitting.id} dispatch={onPaper} onDone={() => setOnPaper(undefined)} />
        )}
      </Dialog>
    </div>
  )
}

function Replies({ view }: { view: SittingView }) {
  const { replies } = view.sitting
  const said = (answer: string) => replies.filter((r) => r.answer === answer).length
  const present = said('present')
  const needed = quorumRequired(view.members.length)
  return (
    <>
      <Figures
        label={words.replies}
        figures={[
          { value: present, label: words.figures.present },
          { value: said('proxy'), label: words.figures.proxy },
          { value: said('absent'), label: words.figures.absent },
          { value: view.members.length - replies.length, label: words.figures.silent },
          { value: needed, label: words.figures.quorum },
        ]}
      />
      {view.sitting.state === 'convened' && (
        <p className="soft">
          {present >= needed ? words.forecastReached : words.forecastShort(needed - present)}
        </p>
      )}
    </>
  )
}

function PaperForm({
  sittingId,
  dispatch,
  onDone,
}: {
  sittingId: string
  dispatch: ConvocationDispatch
  onDone: () => void
}) {
  const [bearer, setBearer] = useState('')
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const note = useCommand('dispatchOnPaper', onDone)
  const submit = () => {
    if (bearer.trim().length < 3) return setProblems([{ field: 'bearer', message: words.bearerProblem }])
    setProblems([])
    note.mutate(
      { input: { params: { id: sittingId, dispatchId: dispatch.id }, body: { bearer: bearer.trim() } } },
      { onError: (error) => setProblems([{ message: troubleOf(error).message }]) },
    )
  }
  return (
    <Form onSubmit={submit} problems={problems}>
      <p>{words.paperWhat}</p>
      <TextField
        label={words.bearer}
        name="bearer"
        hint={words.bearerHint}
        value={bearer}
        onChange={setBearer}
        autoFocus
        required
      />
      <FormActions>
        <Button type="submit" kind="primary" pending={note.isPending}>
          {words.paperConfirm}
        </Button>
        <Button onPress={onDone}>{words.cancel}</Button>
      </FormActions>
    </Form>
  )
}
