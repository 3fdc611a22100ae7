// Development page: every component with plausible content, to look at and to run axe on. Never shipped.
// `?page=kit|forms|desktop|tablet|login|first-run|pdf` and `&theme=dark&text=large` choose what is shown.
import { createRoot } from 'react-dom/client'
import '../ui/styles.ts'
import { FirstRunPage } from '../ui/first-run-page.tsx'
import { LoginPage } from '../ui/login-page.tsx'
import { UiRoot } from '../ui/root.tsx'
import { DesktopSample } from './desktop-sample.tsx'
import { FormsSample } from './forms-sample.tsx'
import { KitSample } from './kit-sample.tsx'
import { people } from './sample-data.ts'
import { TabletSample } from './tablet-sample.tsx'

const asked = new URLSearchParams(location.search)
const theme = asked.get('theme')
localStorage.setItem(
  'echarpe.display',
  JSON.stringify({ theme: theme ?? 'auto', largeText: asked.get('text') === 'large' }),
)
if (theme) document.documentElement.dataset['theme'] = theme
if (asked.get('text') === 'large') document.documentElement.dataset['text'] = 'large'

const pages: Record<string, () => React.ReactNode> = {
  kit: () => <KitSample />,
  forms: () => <FormsSample />,
  desktop: () => <DesktopSample />,
  tablet: () => <TabletSample />,
  login: () => (
    <LoginPage
      authorityName="Ville de Démoville"
      onSubmit={() => undefined}
      people={people}
      onChoosePerson={() => undefined}
    />
  ),
  'first-run': () => <FirstRunPage onDemo={() => undefined} onInstall={() => undefined} />,
}

const page = pages[asked.get('page') ?? 'kit'] ?? pages['kit']!
createRoot(document.getElementById('root')!).render(<UiRoot navigate={() => undefined}>{page()}</UiRoot>)
