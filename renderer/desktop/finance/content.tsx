import type { FinanceContent } from '../../../contracts/finance.ts'
import type { FinanceFile } from '../../../core/finance/model.ts'
import { financeText } from '../../text/finance.ts'
import { Notice } from '../../ui/notice.tsx'
import { BudgetView } from './budget-view.tsx'
import './finance.css'
import { PesView } from './pes-view.tsx'

/** What a finance file says, whatever its kind. */
export function FinanceContentView({ file, content }: { file: FinanceFile; content: FinanceContent }) {
  if (content.kind === 'unreadable')
    return (
      <Notice kind="danger" title={`${financeText.unreadable} : ${content.message}`}>
        {financeText.unreadableWhat}
      </Notice>
    )
  return content.kind === 'budget' ? (
    <BudgetView content={content} />
  ) : (
    <PesView fileId={file.id} content={content} problems={file.problems} />
  )
}
