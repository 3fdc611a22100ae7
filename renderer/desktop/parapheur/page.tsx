import { usePageTitle } from '../session.tsx'

export default function ParapheurPage() {
  usePageTitle('Parapheur')
  return (
    <div className="page">
      <h1>Parapheur</h1>
    </div>
  )
}
