import { usePageTitle } from '../session.tsx'

export default function SittingPage() {
  usePageTitle('Séance')
  return (
    <div className="page">
      <h1>Séance</h1>
    </div>
  )
}
