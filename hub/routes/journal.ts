import { exportJournal, journalHead, readJournal } from '../../storage/journal.ts'
import { verifyJournal } from '../../storage/journal-verify.ts'
import type { Handlers } from '../bind.ts'
import { lineView } from '../history.ts'
import type { Services } from '../services.ts'
import { viewOf } from '../work.ts'

const PAGE = 100

async function exported(services: Services, authorityId: string): Promise<string> {
  let text = ''
  for await (const part of exportJournal(services.storage.read, authorityId)) text += part
  return text
}

export const journalRoutes: Pick<Handlers, 'journal' | 'journalVerify' | 'journalExport'> = {
  async journal(services, { query }, call) {
    const { authorityId } = call.user
    const view = viewOf(services, authorityId)
    const head = await journalHead(view.reader, authorityId)
    const upTo = Math.min(head.seq, (query.before ?? head.seq + 1) - 1)
    const lines = await readJournal(view.reader, authorityId, { after: Math.max(0, upTo - PAGE), upTo })
    return { lines: lines.reverse().map(lineView), total: head.seq, head: head.hash }
  },

  async journalVerify(services, _, call) {
    const report = verifyJournal(await exported(services, call.user.authorityId))
    const first = report.problems[0]
    return {
      ok: report.ok,
      lines: report.lines,
      message: first?.message ?? `Les ${report.lines} lignes du journal se suivent sans altération.`,
    }
  },

  async journalExport(services, _, call) {
    const text = await exported(services, call.user.authorityId)
    return { body: text, mediaType: 'application/x-ndjson; charset=utf-8', name: 'journal.jsonl' }
  },
}
