import { FileText } from 'lucide-react'
import type { PackItem } from '../../contracts/views.ts'
import { tabletText } from '../text/tablet.ts'
import { resultInWords } from '../text/tablet-vote.ts'
import { ButtonLink } from '../ui/button.tsx'
import { typeset } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { placePath } from './paths.ts'
import { RichText } from './rich-text.tsx'

const words = tabletText.reading

/** An item as a page to read: who presents it, what committees said, the note, the text to be voted, its documents. */
export function ItemPage({ item, packId }: { item: PackItem; packId: string }) {
  const facts = [
    item.rapporteur && tabletText.pack.rapporteur(item.rapporteur),
    item.topic && words.topic(item.topic),
  ].filter((f): f is string => Boolean(f))
  const outcome = tabletText.pack.status(item.status)
  return (
    <article className="page item-page">
      <div className="item-head">
        <h2>{typeset(item.title)}</h2>
        {facts.length > 0 && <p className="soft">{typeset(facts.join(' · '))}</p>}
      </div>
      {item.vote?.result ? (
        <Notice kind={item.vote.result.adopted ? 'done' : 'info'} title={resultInWords(item.vote.result)} />
      ) : (
        outcome && <Notice title={`${outcome.charAt(0).toLocaleUpperCase('fr')}${outcome.slice(1)}.`} />
      )}
      {item.documents.length > 0 && (
        <section className="section">
          <h3>{words.documents}</h3>
          <ul className="item-documents">
            {item.documents.map((d) => (
              <li key={d.file.sha256}>
                <ButtonLink
                  icon={FileText}
                  href={placePath(packId, { itemId: item.id, sha256: d.file.sha256 })}
                >
                  {typeset(d.title)}
                  {d.file.pages !== undefined && ` · ${words.pages(d.file.pages)}`}
                </ButtonLink>
              </li>
            ))}
          </ul>
        </section>
      )}
      {item.opinions.length > 0 && (
        <section className="section">
          <h3>{words.opinions}</h3>
          {item.opinions.map((o) => (
            <div key={o.committee}>
              <p className="item-opinion">{tabletText.pack.opinion(o.committee, o.opinion)}</p>
              {o.comment && <p>{typeset(o.comment)}</p>}
            </div>
          ))}
        </section>
      )}
      {item.note && (
        <section className="section">
          <h3>{words.note}</h3>
          {item.note.split(/\n+/).map((p) => (
            <p className="document-text" key={p}>
              {typeset(p)}
            </p>
          ))}
        </section>
      )}
      {item.text.length > 0 && (
        <section className="section">
          <h3>{words.project}</h3>
          <RichText blocks={item.text} />
        </section>
      )}
      {!item.note && item.text.length === 0 && <p className="soft">{words.nothing}</p>}
    </article>
  )
}
