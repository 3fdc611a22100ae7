import { BookOpen } from 'lucide-react'
import type { Me, PackView } from '../../contracts/views.ts'
import { tabletText } from '../text/tablet.ts'
import { ButtonLink } from '../ui/button.tsx'
import { FactList } from '../ui/fact-list.tsx'
import { shortDateTime, typeset } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { MyAnswer } from './answers.tsx'
import { placePath } from './paths.ts'
import type { Stop } from './stops.ts'
import type { Answers } from './use-answers.ts'
import { sittingWhen } from './when.ts'

const words = tabletText.pack

interface CoverProps {
  pack: PackView
  me: Me
  stops: readonly Stop[]
  answers: Answers
}

/** First page of a pack: when, where, what is in it, what I answered, and the way into the reading. */
export function Cover({ pack, me, stops, answers }: CoverProps) {
  const zone = me.authority.timeZone
  const first = stops[1]
  const documents = stops.filter((s) => s.document).length
  return (
    <article className="page item-page">
      <h2>{typeset(pack.title)}</h2>
      <FactList
        facts={[
          { label: words.facts.when, value: sittingWhen(pack.date, pack.time) },
          { label: words.facts.where, value: typeset(pack.place) },
          { label: words.facts.size, value: words.size(pack.items.length, documents, pack.pages) },
          pack.convenedOn
            ? { label: words.facts.convened, value: shortDateTime(pack.convenedOn, zone) }
            : undefined,
        ]}
      />
      {first && (
        <div>
          <ButtonLink icon={BookOpen} kind="primary" href={placePath(pack.id, first.place)}>
            {words.start}
          </ButtonLink>
        </div>
      )}
      {answers.me ? (
        <MyAnswer pack={pack} answers={answers} timeZone={zone} />
      ) : (
        <Notice title={words.agent} />
      )}
    </article>
  )
}
