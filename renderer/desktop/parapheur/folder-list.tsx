import { civilOf } from '../../../core/calendar/civil-date.ts'
import { currentStep, type SigningFolder } from '../../../core/signing-folder/model.ts'
import { parapheurText as words } from '../../text/parapheur.ts'
import { shortDate } from '../../ui/format.ts'
import { Link } from '../../ui/link.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { useMe } from '../session.tsx'

export interface FolderEntry {
  folder: SigningFolder
  mine: boolean
}

interface FolderListProps {
  entries: readonly FolderEntry[]
  current: string | undefined
  selected: ReadonlySet<string>
  onToggle: (id: string) => void
}

/** The folders, one under the other: title, from whom, since when, due; a box where the person can sign. */
export function FolderList({ entries, current, selected, onToggle }: FolderListProps) {
  const me = useMe()
  const today = civilOf(me.now, me.authority.timeZone).date
  return (
    <ul className="folder-list">
      {entries.map(({ folder: f, mine }) => {
        const late = f.state === 'inProgress' && f.dueOn !== null && f.dueOn < today
        const holder = currentStep(f)
        return (
          <li key={f.id} data-current={f.id === current || undefined} data-folder={f.id}>
            {mine ? (
              <label className="row-check">
                <input
                  type="checkbox"
                  aria-label={words.pick(f.title)}
                  checked={selected.has(f.id)}
                  onChange={() => onToggle(f.id)}
                />
              </label>
            ) : (
              <span />
            )}
            <div className="folder-entry">
              <Link href={`/parapheur/${f.id}`} current={f.id === current}>
                {f.title}
              </Link>
              <p className="soft">
                {words.from(f.sentBy)}, {words.since(shortDate(f.sentAt, me.authority.timeZone))}
              </p>
              <p className="folder-state">
                {late && <StateBadge tone="danger">{words.late}</StateBadge>}
                {f.state === 'inProgress' && f.dueOn && (
                  <span className={late ? 'folder-late' : 'soft'}>{words.due(shortDate(f.dueOn))}</span>
                )}
                {f.state === 'inProgress' && !mine && holder && (
                  <StateBadge tone="waiting">{holder.holderName}</StateBadge>
                )}
                {f.state !== 'inProgress' && (
                  <StateBadge tone={f.state === 'rejected' ? 'danger' : 'done'}>
                    {words.state[f.state]}
                  </StateBadge>
                )}
              </p>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
