import { FolderOpen } from 'lucide-react'
import { useState } from 'react'
import { DesktopShell } from '../desktop/shell.tsx'
import { desktopNav } from '../desktop/shell-nav.ts'
import { Button } from '../ui/button.tsx'
import { CommandPalette, usePaletteShortcut } from '../ui/command-palette.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { FactList } from '../ui/fact-list.tsx'
import { count } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { BatchBar, PageHeader } from '../ui/page.tsx'
import { SplitPane } from '../ui/split-pane.tsx'
import { StateBadge } from '../ui/state-badge.tsx'
import { Steps } from '../ui/steps.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { Timeline } from '../ui/timeline.tsx'
import { agenda, history, type SampleItem } from './sample-data.ts'

const states = {
  ready: <StateBadge tone="done">Complet</StateBadge>,
  missing: <StateBadge tone="warning">Annexe manquante</StateBadge>,
  review: <StateBadge tone="waiting">En relecture</StateBadge>,
}

const columns: Column<SampleItem>[] = [
  { id: 'rank', label: 'N°', cell: (r) => r.rank, sortValue: (r) => r.rank, numeric: true, width: '4rem' },
  { id: 'title', label: 'Objet', cell: (r) => r.title, sortValue: (r) => r.title, rowHeader: true },
  { id: 'state', label: 'État', cell: (r) => states[r.state], sortValue: (r) => r.state },
]

export function DesktopSample() {
  const [current, setCurrent] = useState<string | undefined>('7')
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['5', '6']))
  const [palette, setPalette] = usePaletteShortcut()
  const [query, setQuery] = useState('')
  const item = agenda.find((a) => a.id === current)
  return (
    <DesktopShell
      authorityName="Ville de Démoville"
      userName="S. Agent"
      userRole="Service des assemblées"
      nav={desktopNav({ signingBook: 12, finance: 2, transmissions: 1 })}
      path="/seances/1"
      title="Conseil du 10 décembre"
      onSearch={() => setPalette(true)}
      onSignOut={() => undefined}
    >
      <div className="page">
        <PageHeader
          title="Conseil municipal, jeudi 10 décembre 2026"
          parent={{ label: 'Séances', href: '#' }}
          actions={<Button kind="primary">Convoquer les 27 membres</Button>}
        >
          18 h 30, salle du conseil · Envoi au plus tard vendredi 4 décembre (5 jours francs, art. L. 2121-12)
          · <strong>il reste 3 jours</strong>
        </PageHeader>
        <Steps
          label="Vie de la séance"
          steps={[
            { label: 'Préparation', state: 'current' },
            { label: 'Convoquée', state: 'todo' },
            { label: 'En séance', state: 'todo' },
            { label: 'À signer', state: 'todo' },
            { label: 'Transmise', state: 'todo' },
            { label: 'Close', state: 'todo' },
          ]}
        />
        <SplitPane
          listSize="wide"
          listLabel="Ordre du jour"
          detailLabel="Point choisi"
          onBack={() => setCurrent(undefined)}
          list={
            <>
              <DataTable
                caption="Ordre du jour"
                columns={columns}
                rows={agenda}
                rowId={(r) => r.id}
                rowLabel={(r) => r.title}
                noun={['point', 'points']}
                current={current}
                onOpen={(r) => setCurrent(r.id)}
                selected={selected}
                onSelect={setSelected}
              />
              {selected.size > 0 && (
                <BatchBar actions={<Button>Envoyer en relecture</Button>}>
                  {count(selected.size, 'point sélectionné', 'points sélectionnés')}
                </BatchBar>
              )}
            </>
          }
          detail={
            item && (
              <div className="section">
                <h2>
                  Point {item.rank} : {item.title}
                </h2>
                {item.state === 'missing' && (
                  <Notice
                    kind="warning"
                    title="Il manque l’annexe 2."
                    actions={<Button>Ajouter l’annexe</Button>}
                  >
                    Ajoutez-la ou retirez le point.
                  </Notice>
                )}
                <Tabs
                  label="Contenu du point"
                  items={[
                    {
                      id: 'facts',
                      label: 'Faits',
                      content: (
                        <FactList
                          facts={[
                            { label: 'Rapporteur', value: item.rapporteur },
                            { label: 'Commission', value: 'Finances : avis favorable' },
                            { label: 'Nature', value: 'Délibération' },
                            { label: 'Code matière', value: '7.5 Subventions' },
                          ]}
                        />
                      ),
                    },
                    {
                      id: 'annexes',
                      label: 'Annexes',
                      count: item.annexes,
                      content: <p>Annexe 1 – Tableau</p>,
                    },
                    { id: 'history', label: 'Historique', content: <Timeline events={history} /> },
                  ]}
                />
              </div>
            )
          }
        />
      </div>
      <CommandPalette
        isOpen={palette || new URLSearchParams(location.search).get('open') === 'palette'}
        onClose={() => setPalette(false)}
        query={query}
        onQuery={setQuery}
        items={agenda
          .filter((a) => a.title.toLowerCase().includes(query.toLowerCase()))
          .slice(0, 6)
          .map((a) => ({
            id: a.id,
            label: a.title,
            kind: 'Point',
            detail: 'Conseil du 10 décembre 2026',
            icon: FolderOpen,
          }))}
        onChoose={(i) => setCurrent(i.id)}
      />
    </DesktopShell>
  )
}
