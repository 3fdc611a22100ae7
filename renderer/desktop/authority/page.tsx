import { useState } from 'react'
import type { z } from 'zod'
import type { AuthorityView, UserView } from '../../../contracts/views.ts'
import { delayRule } from '../../../core/calendar/legal-delays.ts'
import { type Councillor, fullName } from '../../../core/people/model.ts'
import { useHub } from '../../data/hub.ts'
import { authorityText as words } from '../../text/authority.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { integer, shortDate } from '../../ui/format.ts'
import { PageHeader, Section } from '../../ui/page.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Loaded } from '../loaded.tsx'
import { useMay, usePageTitle } from '../session.tsx'
import { AuthorityDialog, MemberDialog, UserDialog } from './dialogs.tsx'

type User = z.infer<typeof UserView>

const memberColumns: readonly Column<Councillor>[] = [
  {
    id: 'rank',
    label: words.columns.rank,
    cell: (c) => c.rank,
    sortValue: (c) => c.rank,
    numeric: true,
    width: '5rem',
  },
  {
    id: 'name',
    label: words.columns.name,
    cell: fullName,
    sortValue: (c) => `${c.lastName} ${c.firstName}`,
    rowHeader: true,
  },
  {
    id: 'office',
    label: words.columns.office,
    cell: (c) => (c.seatVacantSince ? words.vacant : c.officeLabel),
    sortValue: (c) => c.officeLabel,
  },
  { id: 'group', label: words.columns.group, cell: (c) => c.group, sortValue: (c) => c.group },
  { id: 'email', label: words.columns.email, cell: (c) => c.email, filterText: (c) => c.email },
  { id: 'channel', label: words.columns.channel, cell: (c) => words.channel[c.channel], width: '9rem' },
]

const userColumns: readonly Column<User>[] = [
  {
    id: 'name',
    label: words.userColumns.name,
    cell: (u) => u.displayName,
    sortValue: (u) => u.displayName,
    rowHeader: true,
  },
  { id: 'login', label: words.userColumns.login, cell: (u) => u.login, sortValue: (u) => u.login },
  { id: 'roles', label: words.userColumns.roles, cell: (u) => u.roles.map((r) => words.roles[r]).join(', ') },
]

type Asked = 'authority' | 'member' | 'user' | null

/** The commune, its council in the order of the tableau, its bodies, its accounts. */
export default function AuthorityPage() {
  usePageTitle(words.title)
  const view = useHub('authority')
  const mayManage = useMay('authority.manage')
  const [tab, setTab] = useState('facts')
  const [asked, setAsked] = useState<Asked>(null)
  const close = () => setAsked(null)
  const action = {
    facts: ['authority', words.edit],
    council: ['member', words.addMember],
    users: ['user', words.addUser],
  }[tab] as [Asked, string] | undefined
  return (
    <div className="page">
      <Loaded query={view}>
        {(v) => (
          <>
            <PageHeader
              title={v.authority.name}
              actions={
                mayManage && action && <Button onPress={() => setAsked(action[0])}>{action[1]}</Button>
              }
            />
            <Tabs
              label={words.title}
              selected={tab}
              onSelect={setTab}
              items={[
                { id: 'facts', label: words.tabs.facts, content: <Facts view={v} /> },
                {
                  id: 'council',
                  label: words.tabs.council,
                  count: v.councillors.length,
                  content: <Council view={v} />,
                },
                {
                  id: 'bodies',
                  label: words.tabs.bodies,
                  count: v.bodies.length,
                  content: <Bodies view={v} />,
                },
                { id: 'users', label: words.tabs.users, count: v.users.length, content: <Users view={v} /> },
              ]}
            />
            <AuthorityDialog
              key={`a${asked}`}
              authority={v.authority}
              isOpen={asked === 'authority'}
              onClose={close}
            />
            <MemberDialog key={`m${asked}`} isOpen={asked === 'member'} onClose={close} />
            <UserDialog key={`u${asked}`} view={v} isOpen={asked === 'user'} onClose={close} />
          </>
        )}
      </Loaded>
    </div>
  )
}

function Facts({ view: { authority: a } }: { view: AuthorityView }) {
  const rule = delayRule(a, 'ordinary')
  return (
    <FactList
      columns={2}
      facts={[
        { label: words.facts.siren, value: a.siren },
        { label: words.facts.siret, value: a.siret },
        { label: words.facts.department, value: a.department },
        { label: words.facts.arrondissement, value: a.arrondissement },
        {
          label: words.facts.population,
          value: `${integer(a.populationAtRenewal)}. ${words.facts.populationWhat}`,
        },
        { label: words.facts.delay, value: `${words.days(rule.clearDays)} (CGCT art. ${rule.article})` },
        {
          label: words.facts.address,
          value: `${a.address.street}, ${a.address.postalCode} ${a.address.city}`,
        },
        { label: words.facts.place, value: a.meetingPlace },
        { label: words.facts.email, value: a.email },
        a.phone ? { label: words.facts.phone, value: a.phone } : undefined,
        { label: words.facts.publication, value: words.publication[a.publicationMode] },
        { label: words.facts.classification, value: shortDate(a.classificationDate) },
        { label: words.facts.relay, value: a.relayPrefix },
      ]}
    />
  )
}

function Council({ view }: { view: AuthorityView }) {
  return (
    <DataTable
      caption={words.council}
      columns={memberColumns}
      rows={view.councillors}
      rowId={(c) => c.id}
      rowLabel={fullName}
      noun={words.memberNoun}
    />
  )
}

function Bodies({ view }: { view: AuthorityView }) {
  const byId = new Map(view.councillors.map((c) => [c.id, fullName(c)]))
  return view.bodies.map((b) => (
    <Section key={b.id} title={b.name}>
      <p className="soft">{words.bodySize(b.memberIds.length, b.legalSize)}</p>
      <p>{b.memberIds.map((id) => byId.get(id) ?? '').join(', ')}</p>
    </Section>
  ))
}

function Users({ view }: { view: AuthorityView }) {
  return (
    <DataTable
      caption={words.users}
      columns={userColumns}
      rows={view.users}
      rowId={(u) => u.id}
      rowLabel={(u) => u.displayName}
      noun={words.userNoun}
    />
  )
}
