import { enforceableFrom } from '../../core/act/model.ts'
import { Refusal } from '../../core/refusal.ts'
import { renderActPage, renderPublicationIndex } from '../../exports/publication/render.ts'
import type { Handlers } from '../bind.ts'
import { councilOf } from '../council.ts'
import { sendKept } from '../files.ts'
import { publishedAct } from '../publication.ts'
import type { Services } from '../services.ts'
import { list, viewOf } from '../work.ts'

const page = (html: string) => ({ body: html, mediaType: 'text/html; charset=utf-8' })

async function published(services: Services) {
  const row = await services.storage.read.selectFrom('authority').select('id').limit(1).executeTakeFirst()
  if (!row) throw new Refusal('NOT_FOUND', 'Aucune commune ne publie encore ici.', { family: 'notFound' })
  const view = viewOf(services, row.id)
  const council = await councilOf(view)
  const sittings = new Map((await list(view, 'sitting', {})).map((s) => [s.id, s]))
  const acts = (await list(view, 'act', { publicityState: 'published' })).sort((a, b) =>
    b.number.localeCompare(a.number),
  )
  return { council, acts, sittings }
}

/** What anybody may read: the acts published, and nothing else. */
export const publicRoutes: Pick<Handlers, 'publicIndex' | 'publicAct' | 'publicDocument'> = {
  async publicIndex(services) {
    const { council, acts, sittings } = await published(services)
    return page(
      renderPublicationIndex({
        authority: { name: council.authority.name },
        acts: acts.map((a) =>
          publishedAct(council, a, sittings.get(a.sittingId)?.title ?? '', enforceableFrom(a)),
        ),
      }),
    )
  },
  async publicAct(services, { params }) {
    const { council, acts, sittings } = await published(services)
    const act = acts.find((a) => a.number === params.number)
    if (!act)
      throw new Refusal('NOT_FOUND', 'Cet acte n’est pas publié. Consultez la liste des actes.', {
        family: 'notFound',
      })
    return page(
      renderActPage({
        authority: { name: council.authority.name },
        act: publishedAct(council, act, sittings.get(act.sittingId)?.title ?? '', enforceableFrom(act)),
      }),
    )
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
