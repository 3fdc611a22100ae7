import type { FinanceFile } from '../../../core/finance/model.ts'
import { financeText } from '../../text/finance.ts'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import type { Problem } from './pes-faults.ts'

const words = financeText.problems

/** What the check found, where, and what to do; errors first. */
export function Problems({ file }: { file: FinanceFile }) {
  const errors = file.problems.filter((p) => p.level === 'error')
  const warnings = file.problems.filter((p) => p.level === 'warning')
  return (
    <Section title={words.title}>
      {file.problems.length === 0 && <p className="soft">{words.none}</p>}
      {errors.length > 0 && (
        <Notice kind="danger" title={words.errorsTitle(errors.length)}>
          <ProblemList problems={errors} />
          <p>{words.remedyError}</p>
        </Notice>
      )}
      {warnings.length > 0 && (
        <Notice kind="warning" title={words.warningsTitle(warnings.length)}>
          <ProblemList problems={warnings} />
          <p>{words.remedyWarning}</p>
        </Notice>
      )}
    </Section>
  )
}

function ProblemList({ problems }: { problems: readonly Problem[] }) {
  return (
    <ul className="problem-list">
      {problems.map((p) => (
        <li key={`${p.code}${p.where}${p.message}`}>
          {p.message}
          {p.where && (
            <span className="soft">
              {' '}
              {words.where} : {p.where}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
