import { usePageTitle } from '../session.tsx'

export default function PublicationPage() {
  usePageTitle('Publication')
  return (
    <div className="page">
      <h1>Publication</h1>
    </div>
  )
}
