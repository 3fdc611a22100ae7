import { Inbox } from 'lucide-react'
import { useState } from 'react'
import { useCommand } from '../../data/hub.ts'
import { transmissionsText as words } from '../../text/transmissions.ts'
import { StatusLine } from '../../ui/announce.tsx'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useMay, useMe } from '../session.tsx'
import { Trouble } from '../trouble.tsx'

/** Reads what came back; in a demonstration, has the prefecture answer first. Buttons, and what they did. */
export function useInbox() {
  const me = useMe()
  const maySend = useMay('transmission.send')
  const [said, setSaid] = useState('')
  const read = useCommand('inboxRead', (a) => setSaid(words.readDone(a.read, a.matched)))
  const answer = useCommand('demoPrefecture', (a) => setSaid(words.demo.done(a.answered)))
  const ask = (kind: 'receipt' | 'anomaly') => {
    setSaid('')
    answer.mutate({ input: { body: { answer: kind } } })
  }
  const actions = (
    <>
      {maySend && (
        <Button
          icon={Inbox}
          pending={read.isPending}
          pendingLabel={words.reading}
          onPress={() => {
            setSaid('')
            read.mutate({})
          }}
        >
          {words.read}
        </Button>
      )}
      {me.demonstration && (
        <Menu
          label={words.demo.menu}
          groups={[
            {
              title: words.demo.group,
              items: [
                { id: 'receipt', label: words.demo.receipt, onPress: () => ask('receipt') },
                { id: 'anomaly', label: words.demo.anomaly, onPress: () => ask('anomaly') },
              ],
            },
          ]}
        />
      )}
    </>
  )
  const account = (
    <>
      <StatusLine>{answer.isPending ? words.reading : said}</StatusLine>
      {(read.data?.problems.length ?? 0) > 0 && (
        <Notice kind="warning" title={words.readProblems} live>
          <ul>
            {read.data?.problems.map((p) => (
              <li key={p}>{p}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Trouble error={read.error ?? answer.error} />
    </>
  )
  return { actions, account }
}
