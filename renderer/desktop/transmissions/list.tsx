import { usePageTitle } from '../session.tsx'

export default function TransmissionsListPage() {
  usePageTitle('Transmissions')
  return (
    <div className="page">
      <h1>Transmissions</h1>
    </div>
  )
}
