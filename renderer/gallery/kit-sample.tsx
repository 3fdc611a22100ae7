import {
  CalendarDays,
  FilePlus2,
  MinusCircle,
  MoreHorizontal,
  Send,
  ThumbsDown,
  ThumbsUp,
  Trash2,
} from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { StatusLine } from '../ui/announce.tsx'
import { BarPair } from '../ui/bar-pair.tsx'
import { BigChoices } from '../ui/big-choices.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { ConfirmDialog, Dialog } from '../ui/dialog.tsx'
import { FactList } from '../ui/fact-list.tsx'
import { Hash } from '../ui/hash.tsx'
import { Link } from '../ui/link.tsx'
import { Menu } from '../ui/menu.tsx'
import { EmptyState, Notice } from '../ui/notice.tsx'
import { PageHeader, Section } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { StateBadge, Tag } from '../ui/state-badge.tsx'
import { Steps } from '../ui/steps.tsx'
import { Timeline } from '../ui/timeline.tsx'
import { Count, DateText, Money } from '../ui/values.tsx'
import { history } from './sample-data.ts'

type Open = 'confirm' | 'reason' | 'sheet' | undefined

export function KitSample() {
  const asked = new URLSearchParams(location.search).get('open')
  const [open, setOpen] = useState<Open>(
    asked === 'confirm' || asked === 'reason' || asked === 'sheet' ? asked : undefined,
  )
  const [vote, setVote] = useState('for')
  const close = () => setOpen(undefined)
  const row = (children: ReactNode) => <div className="form-actions">{children}</div>
  return (
    <main className="page" style={{ background: 'var(--paper)', maxWidth: 1180, margin: '0 auto' }}>
      <PageHeader
        title="Galerie des composants"
        parent={{ label: 'Écharpe', href: '#' }}
        badge={<StateBadge tone="action">À regarder</StateBadge>}
        actions={
          <Button kind="primary" icon={Send}>
            Convoquer les 27 membres
          </Button>
        }
      >
        Envoi au plus tard vendredi 4 décembre (5 jours francs, art. L. 2121-12) · il reste 3 jours
      </PageHeader>
      <Section title="Boutons et liens">
        {row(
          <>
            <Button kind="primary">Signer 12 documents</Button>
            <Button icon={FilePlus2}>Ajouter un point</Button>
            <Button kind="danger">Refuser</Button>
            <Button kind="danger-primary" icon={Trash2}>
              Retirer le point
            </Button>
            <Button kind="bare">Effacer le filtre</Button>
            <Button pending pendingLabel="Envoi…">
              Envoyer
            </Button>
            <Button kind="primary" pending pendingLabel="Signature…">
              Signer
            </Button>
            <Button disabled>Transmettre</Button>
            <ButtonLink href="#">Ouvrir le dossier</ButtonLink>
            <Menu
              label="Plus d’actions"
              icon={MoreHorizontal}
              iconOnly
              groups={[
                {
                  items: [
                    { id: 'a', label: 'Reporter la séance' },
                    { id: 'b', label: 'Annuler la séance', danger: true },
                  ],
                },
              ]}
            />
            <Link href="https://example.org/" external>
              Légifrance
            </Link>
          </>,
        )}
      </Section>
      <Section title="États">
        {row(
          <>
            <StateBadge>Brouillon</StateBadge>
            <StateBadge tone="waiting">En attente de l’accusé</StateBadge>
            <StateBadge tone="action">À signer</StateBadge>
            <StateBadge tone="done">Reçu en préfecture</StateBadge>
            <StateBadge tone="warning">Annexe manquante</StateBadge>
            <StateBadge tone="danger">Rejeté</StateBadge>
            <StateBadge tone="off">Annulé</StateBadge>
            <Tag>Budget</Tag>
            <Tag>Huis clos</Tag>
          </>,
        )}
        <Steps
          label="Vie de la séance"
          steps={[
            { label: 'Préparation', state: 'done', detail: '1er déc.' },
            { label: 'Convoquée', state: 'done', detail: '3 déc., 10 h 12' },
            { label: 'En séance', state: 'current', detail: '10 déc., 18 h 30' },
            { label: 'À signer', state: 'todo' },
            { label: 'Transmise', state: 'todo' },
            { label: 'Close', state: 'todo' },
          ]}
        />
        <Steps
          label="Vie de l’acte"
          steps={[
            { label: 'Signé', state: 'done' },
            { label: 'Publié', state: 'warning', detail: 'sans adresse' },
            { label: 'Transmis', state: 'refused', detail: 'rejet technique' },
            { label: 'Exécutoire', state: 'todo' },
          ]}
        />
      </Section>
      <Section title="Messages">
        <Notice title="Le conseil se réunit dans 3 jours.">Les réponses de 4 membres manquent encore.</Notice>
        <Notice
          kind="warning"
          title="Il manque l’annexe 2 de la délibération 7."
          actions={
            <>
              <Button>Ajouter l’annexe</Button>
              <Button>Retirer le point</Button>
            </>
          }
        >
          Ajoutez-la ou retirez le point avant de convoquer.
        </Notice>
        <Notice
          kind="danger"
          title="La préfecture a refusé l’envoi : le code matière 7.5.1 n’est pas dans sa liste."
        >
          Choisissez un code de la liste, puis transmettez à nouveau.
        </Notice>
        <Notice kind="done" title="Délibération 2026-084 reçue en préfecture le 14 décembre 2026 à 9 h 05." />
        <StatusLine tone="done">Enregistré à 14 h 02</StatusLine>
        <Progress label="Envoi des convocations" value={18} max={27} />
      </Section>
      <Section title="Faits, valeurs, empreintes">
        <FactList
          columns={2}
          facts={[
            { label: 'Séance', value: <DateText value="2026-12-10T17:30:00Z" /> },
            { label: 'Montant', value: <Money value="12345.60" /> },
            { label: 'Documents', value: <Count n={12} one="document" /> },
            {
              label: 'Empreinte',
              value: <Hash value="5f3a9c1e7b2d8406a1c4e9f07d35b82c6e1f90a4d7b3c2586f0e9a1d4c7b6352" />,
            },
          ]}
        />
      </Section>
      <Section title="Historique">
        <Timeline events={history} />
      </Section>
      <Section title="Budget en barres">
        <BarPair
          title="Budget primitif 2027 de la ville"
          sections={[
            { label: 'Fonctionnement', expense: '18452310.00', income: '18452310.00' },
            { label: 'Investissement', expense: '7210400.55', income: '6985120.00' },
          ]}
        />
      </Section>
      <Section title="Rien à montrer">
        <EmptyState
          icon={CalendarDays}
          title="Aucune séance n’est prévue."
          action={<Button kind="primary">Préparer une séance</Button>}
        >
          Choisissez une date : les délais de convocation seront calculés.
        </EmptyState>
      </Section>
      <Section title="Dialogues">
        {row(
          <>
            <Button onPress={() => setOpen('confirm')}>Confirmation</Button>
            <Button onPress={() => setOpen('reason')}>Motif</Button>
            <Button onPress={() => setOpen('sheet')}>Vote</Button>
          </>,
        )}
      </Section>
      <ConfirmDialog
        isOpen={open === 'confirm'}
        onClose={close}
        onConfirm={close}
        title="Signer 12 documents ?"
        confirmLabel="Signer 12 documents"
      >
        <p>Certificat de Hélène Vasseur, valable jusqu’au 3 mars 2028. Une signature ne se reprend pas.</p>
      </ConfirmDialog>
      <ReasonDialog
        isOpen={open === 'reason'}
        onClose={close}
        onConfirm={close}
        title="Convoquer hors délai"
        warning="Le délai de cinq jours francs n’est pas respecté : il manque 2 jours."
        article={{ label: 'CGCT, art. L. 2121-12', href: 'https://www.legifrance.gouv.fr/' }}
        lawfulWay={{
          label: 'Reporter au lundi 14 décembre',
          onPress: close,
          explanation: 'Première date où le délai est respecté.',
        }}
        confirmLabel="Convoquer en urgence"
      />
      <Dialog
        isOpen={open === 'sheet'}
        onClose={close}
        title="Point 7 : subventions aux associations"
        shape="sheet"
        actions={<Button onPress={close}>Fermer</Button>}
      >
        <p>Scrutin public. Le vote reste modifiable jusqu’à sa clôture par la présidente.</p>
        <BigChoices
          label="Votre vote"
          chosen={vote}
          onChoose={setVote}
          choices={[
            { id: 'for', label: 'Pour', icon: ThumbsUp },
            { id: 'against', label: 'Contre', icon: ThumbsDown },
            { id: 'abstain', label: 'Abstention', icon: MinusCircle },
          ]}
        />
      </Dialog>
    </main>
  )
}
