import { usePageTitle } from '../session.tsx'

export default function TodayPage() {
  usePageTitle('Aujourd’hui')
  return (
    <div className="page">
      <h1>Aujourd’hui</h1>
    </div>
  )
}
