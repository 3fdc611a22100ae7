import { usePageTitle } from '../session.tsx'

export default function AuthorityPage() {
  usePageTitle('Collectivité')
  return (
    <div className="page">
      <h1>Collectivité</h1>
    </div>
  )
}
