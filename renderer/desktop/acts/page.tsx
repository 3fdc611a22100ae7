import { usePageTitle } from '../session.tsx'

export default function ActPage() {
  usePageTitle('Acte')
  return (
    <div className="page">
      <h1>Acte</h1>
    </div>
  )
}
