import { usePageTitle } from '../session.tsx'

export default function SittingsListPage() {
  usePageTitle('Séances')
  return (
    <div className="page">
      <h1>Séances</h1>
    </div>
  )
}
