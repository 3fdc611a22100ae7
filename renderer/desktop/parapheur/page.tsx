import { useEffect, useMemo, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import type { SigningFolder } from '../../../core/signing-folder/model.ts'
import { useCommand, useHub } from '../../data/hub.ts'
import { parapheurText as words } from '../../text/parapheur.ts'
import { useAnnounce } from '../../ui/announce.tsx'
import { Button } from '../../ui/button.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { plainDate } from '../../ui/format.ts'
import { EmptyState } from '../../ui/notice.tsx'
import { BatchBar } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { SplitPane } from '../../ui/split-pane.tsx'
import { Loaded } from '../loaded.tsx'
import { useMay, useMe, usePageTitle } from '../session.tsx'
import { Trouble } from '../trouble.tsx'
import { FolderDetail } from './folder-detail.tsx'
import { type FolderEntry, FolderList } from './folder-list.tsx'
import './parapheur.css'
import { ShortcutsHelp, useShortcuts, useShortcutsActive } from './shortcuts.tsx'
import { SignDialog } from './sign-dialog.tsx'

type Kept = keyof typeof words.filters
const kept: readonly Kept[] = ['mine', 'waiting', 'ended']
const keeps: Record<Kept, (e: FolderEntry) => boolean> = {
  mine: (e) => e.mine,
  waiting: (e) => e.folder.state === 'inProgress',
  ended: (e) => e.folder.state !== 'inProgress',
}
const emptyTitle: Record<Kept, string> = {
  mine: words.emptyMine,
  waiting: words.emptyWaiting,
  ended: words.emptyEnded,
}

export default function ParapheurPage() {
  usePageTitle(words.title)
  const folders = useHub('folders')
  return folders.data ? (
    <Desk entries={folders.data} />
  ) : (
    <div className="page">
      <h1>{words.title}</h1>
      <Loaded query={folders}>{() => null}</Loaded>
    </div>
  )
}

/** List, document, what is asked; the keys go from one folder to the next without leaving the hands. */
function Desk({ entries }: { entries: readonly FolderEntry[] }) {
  const { id } = useParams()
  const navigate = useNavigate()
  const announce = useAnnounce()
  const maySign = useMay('folder.sign')
  const seat = useMe().councillorId
  // The address follows a moment later: keys pressed in a row must act on the folder already chosen.
  const [ahead, setAhead] = useState<string>()
  useEffect(() => {
    setAhead((a) => (a === id ? undefined : a))
  }, [id])
  const opened = entries.find((e) => e.folder.id === (ahead ?? id))
  const [filter, setFilter] = useState<Kept>(() => {
    const first = seat === null ? 'waiting' : 'mine'
    return opened ? (kept.find((k) => keeps[k](opened)) ?? first) : first
  })
  const shown = useMemo(() => entries.filter(keeps[filter]), [entries, filter])
  // Where there is no room for both, the list comes first.
  const [wide] = useState(() => matchMedia('(width >= 56rem)').matches)
  const current = opened ?? (wide ? shown[0] : undefined)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const picked = entries.filter((e) => e.mine && selected.has(e.folder.id)).map((e) => e.folder)
  const [signing, setSigning] = useState<readonly SigningFolder[]>([])
  const [refusing, setRefusing] = useState<SigningFolder | null>(null)
  const [help, setHelp] = useState(false)
  const [keysOn, setKeysOn] = useShortcutsActive()
  const reject = useCommand('folderReject', () => {
    if (refusing) announce(words.refusal.done(refusing.title))
    setRefusing(null)
    goOn(new Set(refusing ? [refusing.id] : []))
  })

  const open = (e: FolderEntry | undefined) => {
    if (!e) return
    setAhead(e.folder.id)
    void navigate(`/parapheur/${e.folder.id}`, { replace: true })
    announce(words.keys.moved(e.folder.title, shown.indexOf(e) + 1, shown.length))
    document.querySelector(`[data-folder="${e.folder.id}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  const move = (by: number) => {
    const here = current ? shown.indexOf(current) : -1
    open(shown[Math.min(shown.length - 1, Math.max(0, here + by))])
  }
  const toggle = (folderId: string) => {
    const next = new Set(selected)
    const added = !next.delete(folderId)
    if (added) next.add(folderId)
    setSelected(next)
  }
  // After acting on some folders, the next one that waits comes forward.
  const goOn = (gone: ReadonlySet<string>) => {
    if (gone.size === 0) return
    setSelected(new Set([...selected].filter((s) => !gone.has(s))))
    const next = shown.find((e) => e.mine && !gone.has(e.folder.id))
    void navigate(next ? `/parapheur/${next.folder.id}` : '/parapheur', { replace: true })
  }
  const sign = () => {
    if (picked.length > 0) setSigning(picked)
    else if (current?.mine) setSigning([current.folder])
  }
  useShortcuts(
    {
      j: () => move(1),
      k: () => move(-1),
      x: () => {
        if (!current?.mine) return
        const said = selected.has(current.folder.id) ? words.keys.unselected : words.keys.selected
        toggle(current.folder.id)
        announce(said(current.folder.title))
      },
      s: sign,
      r: () => current?.mine && setRefusing(current.folder),
      '?': () => setHelp(true),
    },
    keysOn,
  )

  return (
    <div className="parapheur">
      <div className="parapheur-head">
        <h1>{words.title}</h1>
        <FilterBar
          label={words.filter}
          items={kept.map((k) => ({
            id: k,
            label: words.filters[k],
            count: entries.filter(keeps[k]).length,
          }))}
          chosen={filter}
          onChoose={(k) => {
            setFilter(kept.find((x) => x === k) ?? 'mine')
            void navigate('/parapheur', { replace: true })
          }}
        />
        <ShortcutsHelp isOpen={help} onOpen={setHelp} active={keysOn} onActive={setKeysOn} />
      </div>
      <div className="parapheur-body">
        <SplitPane
          fill
          listSize="narrow"
          listLabel={words.list}
          detailLabel={words.detail}
          list={
            shown.length === 0 ? (
              <div className="parapheur-empty">
                <EmptyState title={emptyTitle[filter]}>{filter === 'mine' && words.emptyMineWhat}</EmptyState>
              </div>
            ) : (
              <>
                {filter === 'mine' && shown.length > 1 && (
                  <label className="pick-all">
                    <input
                      type="checkbox"
                      checked={shown.every((e) => selected.has(e.folder.id))}
                      onChange={(e) =>
                        setSelected(new Set(e.target.checked ? shown.map((x) => x.folder.id) : []))
                      }
                    />
                    {words.pickAll}
                  </label>
                )}
                <FolderList
                  entries={shown}
                  current={current?.folder.id}
                  selected={selected}
                  onToggle={toggle}
                />
              </>
            )
          }
          onBack={() => {
            setAhead(undefined)
            void navigate('/parapheur', { replace: true })
          }}
          detail={
            current && (
              <FolderDetail
                key={current.folder.id}
                id={current.folder.id}
                onSign={() => setSigning([current.folder])}
                onRefuse={() => setRefusing(current.folder)}
              />
            )
          }
        />
      </div>
      {picked.length > 0 && maySign && (
        <div className="parapheur-batch">
          <SelectionBar count={picked.length} onSign={sign} onClear={() => setSelected(new Set())} />
        </div>
      )}
      <SignDialog
        folders={signing}
        onClose={(signed) => {
          setSigning([])
          goOn(signed)
        }}
      />
      <ReasonDialog
        key={refusing?.id ?? 'none'}
        isOpen={refusing !== null}
        onClose={() => setRefusing(null)}
        onConfirm={(reason) =>
          refusing && reject.mutate({ input: { params: { id: refusing.id }, body: { reason } } })
        }
        title={words.refusal.title}
        reasonHint={words.refusal.hint}
        minLength={5}
        confirmLabel={words.refusal.confirm}
        pending={reject.isPending}
        danger
      />
      <Trouble error={reject.error} />
    </div>
  )
}

function SelectionBar({
  count,
  onSign,
  onClear,
}: {
  count: number
  onSign: () => void
  onClear: () => void
}) {
  const keys = useHub('signingKeys')
  const key = keys.data?.[0]
  return (
    <BatchBar
      actions={
        <>
          <Button kind="primary" onPress={onSign} shortcut="s">
            {words.signMany(count)}
          </Button>
          <Button onPress={onClear}>{words.batch.clear}</Button>
        </>
      }
    >
      <strong>{words.batch.selected(count)}</strong>
      {key && <> · {words.batch.certificate(key.subject, plainDate(key.validUntil))}</>}
      {keys.data?.length === 0 && <> · {words.batch.noKey}</>}
    </BatchBar>
  )
}
