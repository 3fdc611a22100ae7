import { usePageTitle } from '../session.tsx'

export default function FinanceListPage() {
  usePageTitle('Finances')
  return (
    <div className="page">
      <h1>Finances</h1>
    </div>
  )
}
