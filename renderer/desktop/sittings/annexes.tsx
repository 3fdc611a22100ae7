import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { urlOf } from '../../../contracts/client.ts'
import type { AgendaItem, Annex } from '../../../core/sitting/model.ts'
import { queries, troubleOf, useCommand } from '../../data/hub.ts'
import { agendaText } from '../../text/sittings-agenda.ts'
import { StatusLine } from '../../ui/announce.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckboxField, SelectField } from '../../ui/choice-fields.tsx'
import { FileField } from '../../ui/file-field.tsx'
import { count, fileSize } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Tag } from '../../ui/state-badge.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { DocumentLink } from '../document-link.tsx'
import { type AnnexToSend, sendAnnex, titleFromName } from './upload.ts'

const words = agendaText.annex

interface AnnexesProps {
  sittingId: string
  item: AgendaItem
  editable: boolean
}

/** The annexes of an item: read them, join others with a title and flags, take one away. */
export function Annexes({ sittingId, item, editable }: AnnexesProps) {
  const [removed, setRemoved] = useState<string>()
  const remove = useCommand('annexRemove')
  return (
    <div className="annexes">
      {item.annexes.length === 0 ? (
        <p className="soft">{words.empty}</p>
      ) : (
        <ul className="annex-list" aria-label={words.list}>
          {item.annexes.map((a) => (
            <li key={a.id}>
              <AnnexLine annex={a} sittingId={sittingId} />
              {editable && (
                <Button
                  kind="bare"
                  icon={Trash2}
                  iconOnly
                  disabled={remove.isPending}
                  onPress={() =>
                    remove.mutate(
                      { input: { params: { id: sittingId, itemId: item.id, annexId: a.id } } },
                      { onSuccess: () => setRemoved(a.title) },
                    )
                  }
                >
                  {words.remove(a.title)}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <StatusLine>{removed ? words.removed(removed) : ''}</StatusLine>
      {remove.error && <Notice kind="danger" title={troubleOf(remove.error).message} live />}
      {editable && <AnnexUpload sittingId={sittingId} itemId={item.id} />}
    </div>
  )
}

/** Title, size and flags of one annex; the title opens the document. */
export function AnnexLine({ annex, sittingId }: { annex: Annex; sittingId: string }) {
  const href = urlOf('file', { params: { scope: 'sitting', id: sittingId, sha256: annex.file.sha256 } })
  return (
    <span className="annex-line">
      <DocumentLink url={href} title={annex.title} />
      <span className="soft">
        {annex.file.pages ? `${count(annex.file.pages, words.pages)} · ` : ''}
        {fileSize(annex.file.size)}
      </span>
      {annex.confidential && <Tag>{words.confidentialTag}</Tag>}
      {!annex.toPublish && <Tag>{words.notPublished}</Tag>}
    </span>
  )
}

type Waiting = AnnexToSend & { key: string; sent: number; trouble?: string }

function AnnexUpload({ sittingId, itemId }: { sittingId: string; itemId: string }) {
  const [waiting, setWaiting] = useState<readonly Waiting[]>([])
  const [sending, setSending] = useState<string>()
  const change = (key: string, part: Partial<Waiting>) =>
    setWaiting((all) => all.map((w) => (w.key === key ? { ...w, ...part } : w)))
  const drop = (key: string) => setWaiting((all) => all.filter((w) => w.key !== key))
  const take = (files: File[]) =>
    setWaiting((all) => [
      ...all,
      ...files.map((file) => ({
        key: crypto.randomUUID(),
        file,
        title: titleFromName(file.name),
        confidential: false,
        toPublish: true,
        pieceCode: '99_DE',
        sent: 0,
      })),
    ])
  const send = async () => {
    for (const w of waiting) {
      setSending(w.key)
      try {
        await sendAnnex({ id: sittingId, itemId }, w, (sent) => change(w.key, { sent }))
        drop(w.key)
        await queries.invalidateQueries()
      } catch (error) {
        change(w.key, { trouble: troubleOf(error).message, sent: 0 })
      }
    }
    setSending(undefined)
  }
  const busy = sending !== undefined
  return (
    <div className="annex-upload">
      <FileField
        label={words.choose}
        hint={words.hint}
        accept="application/pdf,.pdf"
        multiple
        onFiles={take}
        disabled={busy}
      />
      {waiting.map((w) => (
        <fieldset key={w.key} className="annex-form" disabled={busy}>
          <legend>{w.file.name}</legend>
          {w.trouble && <Notice kind="danger" title={w.trouble} live />}
          {sending === w.key ? (
            <Progress
              label={words.sending(w.title)}
              value={w.sent}
              max={w.file.size}
              detail={`${fileSize(Math.min(w.sent, w.file.size))} sur ${fileSize(w.file.size)}`}
            />
          ) : (
            <>
              <TextField
                label={words.title}
                value={w.title}
                onChange={(title) => change(w.key, { title })}
                required
              />
              <SelectField
                label={words.code}
                value={w.pieceCode}
                placeholder={null}
                onChange={(pieceCode) => change(w.key, { pieceCode })}
                options={words.pieceCodes.map(([value, label]) => ({ value, label: `${label} (${value})` }))}
              />
              <CheckboxField
                label={words.toPublish}
                checked={w.toPublish}
                onChange={(toPublish) => change(w.key, { toPublish })}
              />
              <CheckboxField
                label={words.confidential}
                checked={w.confidential}
                onChange={(confidential) =>
                  change(w.key, { confidential, toPublish: confidential ? false : w.toPublish })
                }
              />
              <Button kind="bare" onPress={() => drop(w.key)}>
                {words.drop}
              </Button>
            </>
          )}
        </fieldset>
      ))}
      {waiting.length > 0 && (
        <Button
          pending={busy}
          disabled={waiting.some((w) => w.title.trim() === '')}
          onPress={() => void send()}
        >
          {words.send(waiting.length)}
        </Button>
      )}
    </div>
  )
}
