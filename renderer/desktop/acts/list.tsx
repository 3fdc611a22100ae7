import { usePageTitle } from '../session.tsx'

export default function ActsListPage() {
  usePageTitle('Actes')
  return (
    <div className="page">
      <h1>Actes</h1>
    </div>
  )
}
