import { usePageTitle } from '../session.tsx'

export default function JournalPage() {
  usePageTitle('Journal')
  return (
    <div className="page">
      <h1>Journal</h1>
    </div>
  )
}
