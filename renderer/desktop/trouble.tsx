import { troubleOf } from '../data/hub.ts'
import { Notice } from '../ui/notice.tsx'

/** The hub's refusal of a command, where the person pressed; nothing while there is none. */
export function Trouble({ error }: { error: unknown }) {
  if (!error) return null
  const { message, problems } = troubleOf(error)
  const others = problems.filter((p) => p.message !== message)
  return (
    <Notice kind="danger" title={message} live>
      {others.length > 0 && (
        <ul>
          {others.map((p) => (
            <li key={`${p.code}${p.where}${p.message}`}>{p.message}</li>
          ))}
        </ul>
      )}
    </Notice>
  )
}
