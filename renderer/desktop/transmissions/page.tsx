import { usePageTitle } from '../session.tsx'

export default function TransmissionPage() {
  usePageTitle('Transmission')
  return (
    <div className="page">
      <h1>Transmission</h1>
    </div>
  )
}
