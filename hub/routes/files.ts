import { may } from '../../core/people/rights.ts'
import { Refusal } from '../../core/refusal.ts'
import type { FileRef } from '../../core/sitting/model.ts'
import type { Call, Handlers } from '../bind.ts'
import { sendKept } from '../files.ts'
import { list, load, type View, viewOf } from '../work.ts'

type Scope = 'sitting' | 'pack' | 'act' | 'folder' | 'finance' | 'transmission'

const permissionOf = {
  sitting: 'sitting.prepare',
  pack: 'pack.read',
  act: 'act.read',
  folder: 'folder.read',
  finance: 'finance.read',
  transmission: 'transmission.read',
} as const satisfies Record<Scope, string>

const present = (files: (FileRef | null | undefined)[]): FileRef[] =>
  files.filter((f): f is FileRef => f !== null && f !== undefined)

/** Every file an object gives access to; a hash that is not among them is refused, whoever asks. */
async function filesOf(view: View, scope: Scope, id: string, call: Call): Promise<FileRef[]> {
  switch (scope) {
    case 'sitting': {
      const s = await load(view, 'sitting', id)
      const dispatches = await list(view, 'dispatch', { sittingId: id })
      return present([
        ...s.items.flatMap((i) => i.annexes.map((a) => a.file)),
        ...s.convocations.flatMap((c) => c.documents.map((d) => d.file)),
        ...dispatches.flatMap((d) => [d.convocationFile, d.proofFile]),
      ])
    }
    case 'pack': {
      const s = await load(view, 'sitting', id)
      const seat = call.user.actor.councillorId
      const mine = (await list(view, 'dispatch', { sittingId: id })).filter((d) => d.recipientId === seat)
      return present([
        ...s.convocations.flatMap((c) => c.documents.map((d) => d.file)),
        ...mine.map((d) => d.convocationFile),
      ])
    }
    case 'act': {
      const a = await load(view, 'act', id)
      return present([a.document, a.signedDocument, a.receipt?.file, ...a.annexes.map((x) => x.file)])
    }
    case 'folder': {
      const f = await load(view, 'folder', id)
      // Each signature leaves another version: whoever has the former one open goes on reading it.
      const versions = f.steps.flatMap((step) => step.resultSha256 ?? [])
      const sizes =
        versions.length === 0
          ? []
          : await view.reader
              .selectFrom('blob')
              .select(['sha256', 'size'])
              .where('sha256', 'in', versions)
              .execute()
      return present([f.document, f.original, ...sizes.map((v) => ({ ...f.document, ...v }))])
    }
    case 'finance': {
      const f = await load(view, 'finance', id)
      return present([f.file, f.signedFile])
    }
    case 'transmission': {
      const t = await load(view, 'transmission', id)
      return present([t.archive, ...t.messages.map((m) => m.file)])
    }
  }
}

export const fileRoutes: Pick<Handlers, 'file'> = {
  async file(services, { params }, call) {
    if (!may(call.user.actor.roles, permissionOf[params.scope]))
      throw new Refusal('FORBIDDEN', 'Votre compte n’a pas accès à ce document.', { family: 'forbidden' })
    const files = await filesOf(viewOf(services, call.user.authorityId), params.scope, params.id, call)
    const file = files.find((f) => f.sha256 === params.sha256)
    if (!file)
      throw new Refusal(
        'FILE_NOT_FOUND',
        'Ce document n’appartient pas à ce dossier, ou il a été remplacé. Rechargez la page.',
        { family: 'notFound' },
      )
    return sendKept(services, file)
  },
}
