import { CircleAlert, Download, TriangleAlert } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { urlOf } from '../../../contracts/client.ts'
import type { BordereauView, PesContent, PesPieceView } from '../../../contracts/finance.ts'
import { financeText } from '../../text/finance.ts'
import { partsText } from '../../text/parts.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { integer, plainDate, shortDate } from '../../ui/format.ts'
import { Section } from '../../ui/page.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { type Problem, problemsByPiece } from './pes-faults.ts'

const PdfViewer = lazy(() => import('../../ui/pdf/pdf-viewer.tsx'))
const words = financeText.pes
const SHOWN = 50

type Document = PesPieceView['documents'][number]

interface PesViewProps {
  /** The finance file it comes from: its pieces are asked there. */
  fileId: string
  content: PesContent
  problems: readonly Problem[]
}

/** A PES flow as its signatory reads it: totals, then bordereau, mandats, lines, pièces; faults at their place. */
export function PesView({ fileId, content, problems }: PesViewProps) {
  const [shown, setShown] = useState<Document | null>(null)
  const faults = useMemo(() => problemsByPiece(content, problems), [content, problems])
  const date = /^\d{4}-\d{2}-\d{2}$/.test(content.date) ? plainDate(content.date) : content.date
  return (
    <>
      <Section title={words.title}>
        <FactList
          columns={2}
          facts={[
            { label: words.facts.name, value: content.nomFic },
            { label: words.facts.date, value: date },
            { label: words.facts.budget, value: content.budget },
            { label: words.facts.code, value: `${content.codCol} · ${content.codBud}` },
            { label: words.facts.siret, value: content.siret },
            { label: words.facts.poste, value: content.poste },
            { label: words.facts.signatures, value: words.signatures(content.signatures) },
          ]}
        />
        <Totals content={content} />
      </Section>
      {content.bordereaux.map((b) => (
        <Bordereau key={`${b.domain}${b.id}`} bordereau={b} faults={faults} onPiece={setShown} />
      ))}
      {content.unknown.length > 0 && (
        <Section title={words.unknown} lead={words.unknownLead}>
          <ul>
            {content.unknown.map((u) => (
              <li key={u.name}>
                {u.name} × {integer(u.count)}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Dialog isOpen={shown !== null} onClose={() => setShown(null)} title={shown?.name ?? ''} shape="wide">
        {shown && <Piece fileId={fileId} piece={shown} />}
      </Dialog>
    </>
  )
}

const pieceUrl = (fileId: string, piece: Document): string =>
  urlOf('financePiece', { params: { id: fileId, pieceId: piece.idUnique } })

function Piece({ fileId, piece }: { fileId: string; piece: Document }) {
  const url = pieceUrl(fileId, piece)
  if (!/\.pdf$/i.test(piece.name))
    return (
      <ButtonLink href={url} icon={Download} download={piece.name}>
        {words.savePiece}
      </ButtonLink>
    )
  return (
    <div className="piece-reader">
      <Suspense fallback={<p className="soft">{partsText.document.wait}</p>}>
        <PdfViewer url={url} title={piece.name} downloadUrl={url} />
      </Suspense>
    </div>
  )
}

function Totals({ content }: { content: PesContent }) {
  return (
    <table className="plain-table pes-totals">
      <caption>{words.totals}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col" className="number">
            {words.totalHt}
          </th>
          <th scope="col" className="number">
            {words.totalTva}
          </th>
          <th scope="col" className="number">
            {words.totalTtc}
          </th>
        </tr>
      </thead>
      <tbody>
        {content.totals.map((t) => (
          <tr key={t.domain}>
            <th scope="row">{words.domain[t.domain]}</th>
            <td className="number">{t.totals.ht.text}</td>
            <td className="number">{t.totals.tva.text}</td>
            <td className="number">
              <strong>{t.totals.ttc.text}</strong>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface BordereauProps {
  bordereau: BordereauView
  faults: ReadonlyMap<number, Problem[]>
  onPiece: (piece: Document) => void
}

function Bordereau({ bordereau: b, faults, onPiece }: BordereauProps) {
  const [limit, setLimit] = useState(SHOWN)
  const date = /^\d{4}-\d{2}-\d{2}$/.test(b.date) ? shortDate(b.date) : b.date
  const name = `${words.bordereau(b.number)}, ${words.pieces[b.domain].toLowerCase()}`
  return (
    <Section
      title={`${words.bordereau(b.number)} · ${words.domain[b.domain].toLowerCase()}`}
      lead={[b.type, b.exercice, date].filter(Boolean).join(' · ')}
      actions={b.signed && <StateBadge tone="done">{words.signed}</StateBadge>}
    >
      <p className="agreement" data-agrees={b.agrees}>
        <span>
          {words.declared} <strong>{b.declaredHt}</strong>
        </span>
        <span>
          {words.sum(b.pieces.length, b.domain)} <strong>{b.totals.ht.text}</strong>
        </span>
        <StateBadge tone={b.agrees ? 'done' : 'danger'}>
          {b.agrees ? words.agrees : words.disagrees}
        </StateBadge>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than its place scrolls by keyboard */}
      <section className="wide-table" tabIndex={0} aria-label={name}>
        <table className="plain-table pes-pieces">
          <caption className="visually-hidden">{name}</caption>
          <thead>
            <tr>
              <th scope="col">{words.piece[b.domain]}</th>
              <th scope="col">{words.tiersAndObject[b.domain]}</th>
              <th scope="col">{words.imputation}</th>
              <th scope="col">{words.documents}</th>
              <th scope="col" className="number">
                {words.amount}
              </th>
            </tr>
          </thead>
          {b.pieces.slice(0, limit).map((p) => (
            <PieceRows key={`${p.number}${p.line}`} piece={p} faults={faults.get(p.line)} onPiece={onPiece} />
          ))}
        </table>
      </section>
      {b.pieces.length > limit && (
        <Button onPress={() => setLimit(limit + SHOWN * 4)}>
          {words.more(integer(Math.min(SHOWN * 4, b.pieces.length - limit)))}
        </Button>
      )}
    </Section>
  )
}

const imputation = (l: PesPieceView['lines'][number]): string =>
  [l.account, l.function].filter(Boolean).join(' · ')

interface PieceRowsProps {
  piece: PesPieceView
  faults: Problem[] | undefined
  onPiece: (piece: Document) => void
}

function PieceRows({ piece: p, faults = [], onPiece }: PieceRowsProps) {
  const only = p.lines.length === 1 ? p.lines[0] : undefined
  return (
    <tbody data-fault={faults.some((f) => f.level === 'error') || undefined}>
      <tr>
        <th scope="row">
          <strong>{p.number}</strong>
          <span className="soft piece-type">{p.type}</span>
        </th>
        <td>
          {p.tiers}
          <span className="soft piece-type">{p.object || only?.object}</span>
        </td>
        <td className="soft">{only && imputation(only)}</td>
        <td>
          {p.documents.length === 0 && <span className="soft">{words.noDocument}</span>}
          {p.documents.map((d) =>
            d.here ? (
              <Button key={d.idUnique} kind="bare" onPress={() => onPiece(d)}>
                <span className="visually-hidden">{words.openPiece('')}</span>
                {d.name}
              </Button>
            ) : (
              <span key={d.idUnique} className="soft">
                {d.name} ({words.notHere(d.support)})
              </span>
            ),
          )}
        </td>
        <td className="number">
          <strong>{p.totals.ht.text}</strong>
        </td>
      </tr>
      {!only &&
        p.lines.map((l) => (
          <tr key={l.line} className="piece-line">
            <td />
            <td>
              <span className="soft">{words.line(l.number)}</span> {l.object}
            </td>
            <td className="soft">{imputation(l)}</td>
            <td />
            <td className="number">{l.ht.text}</td>
          </tr>
        ))}
      {faults.map((f) => {
        const Icon = f.level === 'error' ? CircleAlert : TriangleAlert
        return (
          <tr key={`${f.code}${f.where}${f.message}`} className="piece-fault" data-level={f.level}>
            <td colSpan={5}>
              <span className="fault-words">
                <Icon className="icon" aria-hidden />
                <span>
                  <strong>{f.level === 'error' ? words.fault : words.warning} : </strong>
                  {f.message} <span className="soft">({f.where})</span>
                </span>
              </span>
            </td>
          </tr>
        )
      })}
    </tbody>
  )
}
