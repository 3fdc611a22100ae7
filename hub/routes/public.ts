import { type Act, enforceableFrom } from '../../core/act/model.ts'
import { Refusal } from '../../core/refusal.ts'
import { contentSecurityPolicy } from '../../exports/publication/html.ts'
import { renderActPage, renderPublicationIndex } from '../../exports/publication/render.ts'
import type { Handlers } from '../bind.ts'
import { councilOf } from '../council.ts'
import { sendKept } from '../files.ts'
import { publishedAct, publishingAuthority } from '../publication.ts'
import type { Services } from '../services.ts'
import { list, viewOf } from '../work.ts'

const page = (html: string) => ({
  body: html,
  mediaType: 'text/html; charset=utf-8',
  policy: contentSecurityPolicy,
})

async function published(services: Services) {
  const row = await services.storage.read.selectFrom('authority').select('id').limit(1).executeTakeFirst()
  if (!row) throw new Refusal('NOT_FOUND', 'Aucune commune ne publie encore ici.', { family: 'notFound' })
  const view = viewOf(services, row.id)
  const council = await councilOf(view)
  const sittings = new Map((await list(view, 'sitting', {})).map((s) => [s.id, s]))
  const folders = new Map((await list(view, 'folder', {})).map((f) => [f.id, f]))
  const acts = (await list(view, 'act', { publicityState: 'published' })).sort((a, b) =>
    b.number.localeCompare(a.number),
  )
  const shown = (act: Act) => {
    const bodyId = sittings.get(act.sittingId)?.bodyId
    const signatories = (folders.get(act.folderId ?? '')?.steps ?? []).map((s) => ({
      name: s.holderName,
      capacity: s.label,
    }))
    return publishedAct(
      council,
      act,
      bodyId ? council.body(bodyId).name : '',
      signatories,
      enforceableFrom(act),
    )
  }
  return { authority: publishingAuthority(council), acts, shown }
}

/** What anybody may read: the acts published, and nothing else. */
export const publicRoutes: Pick<Handlers, 'publicIndex' | 'publicAct' | 'publicDocument'> = {
  async publicIndex(services) {
    const { authority, acts, shown } = await published(services)
    return page(renderPublicationIndex({ authority, acts: acts.map(shown) }))
  },
  async publicAct(services, { params }) {
    const { authority, acts, shown } = await published(services)
    const act = acts.find((a) => a.number === params.number)
    if (!act)
      throw new Refusal('NOT_FOUND', 'Cet acte n’est pas publié. Consultez la liste des actes.', {
        family: 'notFound',
      })
    return page(renderActPage({ authority, act: shown(act), index: '../../public' }))
  },
  async publicDocument(services, { params }) {
    const { acts } = await published(services)
    const sha256 = params.sha256.replace(/\.pdf$/, '')
    const files = acts.flatMap((a) => [
      ...(a.publication ? [a.publication.file] : []),
      ...a.annexes.filter((x) => x.toPublish && !x.confidential).map((x) => x.file),
    ])
    const file = files.find((f) => f.sha256 === sha256)
    if (!file) throw new Refusal('NOT_FOUND', 'Ce document n’est pas publié.', { family: 'notFound' })
    return sendKept(services, file)
  },
}
