import { useEffect, useState } from 'react'
import { useLocation, useParams } from 'react-router'
import { HubError } from '../../contracts/client.ts'
import type { Me, PackView } from '../../contracts/views.ts'
import { troubleOf, useHub } from '../data/hub.ts'
import { tabletText } from '../text/tablet.ts'
import { answersText } from '../text/tablet-answers.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { typeset } from '../ui/format.ts'
import { EmptyState, Notice } from '../ui/notice.tsx'
import { SplitPane } from '../ui/split-pane.tsx'
import { useAccountMenu } from './account-menu.ts'
import { AnswerDialogs, AnswerTrouble, answerMenu } from './answers.tsx'
import { Contents } from './contents.tsx'
import { Cover } from './cover.tsx'
import { ItemPage } from './item-page.tsx'
import { LiveStrip } from './live-strip.tsx'
import './pack-page.css'
import { home, packPath } from './paths.ts'
import { PackDocumentPage, Reader } from './reader.tsx'
import { keepReading } from './reading.ts'
import { type NetworkState, TabletShell } from './shell.tsx'
import { type Stop, stopAt, stopsOf } from './stops.ts'
import { useAnswers } from './use-answers.ts'
import { useVoting } from './use-voting.ts'
import { VoteSheet } from './vote-sheet.tsx'

const words = tabletText.pack

interface PageProps {
  me: Me
  network: NetworkState
}

/** One sitting: its pack at the left, what is read at the right, the vote above when it comes. */
export function PackPage({ me, network }: PageProps) {
  const { id = '' } = useParams()
  const pack = useHub('pack', { params: { id } })
  const account = useAccountMenu(me)
  if (pack.data) return <Pack key={pack.data.id} me={me} network={network} pack={pack.data} />
  return (
    <TabletShell
      title={pack.isPending ? tabletText.openingPack : words.absent}
      path={packPath(id)}
      back={{ label: words.back, href: home }}
      network={network}
      account={account}
    >
      <div className="page">
        {pack.error && (
          <Notice
            kind="danger"
            title={troubleOf(pack.error).message}
            live
            actions={
              pack.error instanceof HubError ? (
                <ButtonLink href={home}>{tabletText.sittings.title}</ButtonLink>
              ) : (
                <Button onPress={() => void pack.refetch()}>{tabletText.retry}</Button>
              )
            }
          />
        )}
        {pack.isPending && (
          <p className="soft" role="status">
            {tabletText.openingDetail}
          </p>
        )}
      </div>
    </TabletShell>
  )
}

function Pack({ me, network, pack }: PageProps & { pack: PackView }) {
  const { pathname } = useLocation()
  const account = useAccountMenu(me)
  const answers = useAnswers(pack, me)
  const voting = useVoting(pack)
  const [full, setFull] = useState(false)
  const stops = stopsOf(pack)
  const rank = stopAt(pack, stops, pathname)
  const wanted = pathname !== packPath(pack.id)
  // Where there is room beside the list, a pack without a chosen place shows its cover.
  const shown: Stop | undefined = wanted ? stops[rank] : undefined
  useEffect(() => {
    if (rank >= 0) keepReading(localStorage, me.userId, pack.id, { last: pathname })
  }, [rank, pathname, me.userId, pack.id])
  const menu = answerMenu(pack, answers)
  const banner = (
    <>
      <LiveStrip pack={pack} current={shown} voting={voting} />
      {!answers.asking && (shown?.item || shown?.document) && <AnswerTrouble answers={answers} />}
    </>
  )
  const bare = full && shown !== undefined
  const cover = <Cover pack={pack} me={me} stops={stops} answers={answers} />
  return (
    <>
      <TabletShell
        title={typeset(words.title(pack.title, pack.date))}
        path={packPath(pack.id)}
        back={{ label: words.back, href: home }}
        network={network}
        networkDetail={words.pages(pack.pages)}
        answer={menu ? { label: answersText.menu, groups: menu } : undefined}
        account={account}
        bare={bare}
        banner={<div className="pack-banner">{banner}</div>}
      >
        <div className="pack" data-bare={bare || undefined}>
          <SplitPane
            fill
            listSize="narrow"
            listLabel={words.contents}
            detailLabel={shown?.title ?? words.cover}
            list={
              <Contents
                pack={pack}
                stops={stops}
                current={wanted ? shown : stops[0]}
                alone={!wanted}
                seated={answers.me !== null}
              />
            }
            placeholder={cover}
            detail={
              wanted && (
                <Detail
                  pack={pack}
                  me={me}
                  stops={stops}
                  rank={rank}
                  full={full}
                  onFull={setFull}
                  cover={cover}
                />
              )
            }
          />
        </div>
      </TabletShell>
      <AnswerDialogs pack={pack} answers={answers} />
      <VoteSheet pack={pack} voting={voting} timeZone={me.authority.timeZone} />
    </>
  )
}

interface DetailProps {
  pack: PackView
  me: Me
  stops: readonly Stop[]
  rank: number
  full: boolean
  onFull: (full: boolean) => void
  cover: React.ReactNode
}

function Detail({ pack, me, stops, rank, full, onFull, cover }: DetailProps) {
  const stop = stops[rank]
  if (!stop)
    return (
      <div className="page">
        <EmptyState
          title={words.missing}
          action={<ButtonLink href={packPath(pack.id)}>{tabletText.reading.back}</ButtonLink>}
        >
          {words.missingWhat}
        </EmptyState>
      </div>
    )
  return (
    <Reader
      pack={pack}
      stop={stop}
      previous={stops[rank - 1]}
      next={stops[rank + 1]}
      full={full}
      onFull={onFull}
    >
      {stop.document ? (
        <PackDocumentPage packId={pack.id} userId={me.userId} document={stop.document} />
      ) : stop.item ? (
        <ItemPage item={stop.item} packId={pack.id} />
      ) : (
        cover
      )}
    </Reader>
  )
}
