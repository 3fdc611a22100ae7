import { z } from 'zod'
import { CivilDate, Instant } from '../calendar/civil-date.ts'
import { Refusal } from '../refusal.ts'
import { FileRef } from '../sitting/model.ts'

export const CircuitStep = z.object({
  position: z.number().int().positive(),
  kind: z.enum(['signature', 'visa']),
  /** Capacity printed with the signature: « Secrétaire de séance », « Maire ». */
  label: z.string(),
  role: z.enum(['secretary', 'chair', 'authorising']),
  /** The person asked to act, a councillor of the authority. */
  holderId: z.string(),
  holderName: z.string(),
  state: z.enum(['pending', 'current', 'done', 'refused']),
  at: Instant.nullable(),
  /** Hash of the document this step left behind. */
  resultSha256: z.string().nullable(),
  certificate: z.string().nullable(),
  timestampAt: Instant.nullable(),
  reason: z.string().nullable(),
})
export type CircuitStep = z.infer<typeof CircuitStep>

/** Unit of work of the parapheur (glossary §6.8). */
export const SigningFolder = z.object({
  id: z.string(),
  authorityId: z.string(),
  kind: z.enum(['act', 'pes']),
  title: z.string(),
  actId: z.string().nullable(),
  financeFileId: z.string().nullable(),
  state: z.enum(['inProgress', 'rejected', 'completed', 'collected']),
  steps: z.array(CircuitStep).min(1),
  /** The document as the next signatory will see it. */
  document: FileRef,
  /** The frozen document the circuit started from. */
  original: FileRef,
  dueOn: CivilDate.nullable(),
  sentBy: z.string(),
  sentAt: Instant,
})
export type SigningFolder = z.infer<typeof SigningFolder>

export type FolderEvent =
  | { type: 'folder.sent'; folder: SigningFolder }
  | {
      type: 'folder.stepDone'
      position: number
      document: FileRef
      certificate: string | null
      timestampAt: string | null
      at: string
    }
  | { type: 'folder.rejected'; position: number; reason: string; at: string }

/** The step waiting now, or null when the circuit is over. */
export const currentStep = (f: SigningFolder): CircuitStep | null =>
  f.steps.find((s) => s.state === 'current') ?? null

/** Starts a circuit on a frozen document; the first step becomes current. */
export function sendFolder(folder: Omit<SigningFolder, 'state' | 'original'>): FolderEvent[] {
  const steps = folder.steps.map((s, i) => ({
    ...s,
    position: i + 1,
    state: i === 0 ? ('current' as const) : ('pending' as const),
  }))
  return [
    { type: 'folder.sent', folder: { ...folder, steps, state: 'inProgress', original: folder.document } },
  ]
}

function demandTurn(f: SigningFolder, councillorId: string | null): CircuitStep {
  const step = currentStep(f)
  if (f.state !== 'inProgress' || !step)
    throw new Refusal('FOLDER_ENDED', 'Ce dossier est terminé : il n’attend plus de signature.', {
      family: 'conflict',
    })
  if (step.holderId !== councillorId)
    throw new Refusal(
      'NOT_YOUR_TURN',
      `Ce dossier attend la signature de ${step.holderName} (${step.label.toLowerCase()}).`,
      {
        family: 'forbidden',
      },
    )
  return step
}

/** The step the person may act on now, and the check that the document has not changed since it was shown to them. */
export function demandStep(f: SigningFolder, councillorId: string | null, shownSha256: string): CircuitStep {
  const step = demandTurn(f, councillorId)
  if (f.document.sha256 !== shownSha256)
    throw new Refusal(
      'DOCUMENT_CHANGED',
      'Le document a changé depuis que vous l’avez ouvert. Rouvrez-le et relisez-le avant de signer.',
      {
        family: 'conflict',
      },
    )
  return step
}

/** Records a signature made on the document shown (`shownSha256`): the folder advances, or completes. */
export function completeStep(
  f: SigningFolder,
  councillorId: string | null,
  shownSha256: string,
  result: { document: FileRef; certificate: string | null; timestampAt: string | null },
  at: string,
): FolderEvent[] {
  const step = demandStep(f, councillorId, shownSha256)
  return [{ type: 'folder.stepDone', position: step.position, ...result, at }]
}

/** Refusal with a mandatory reason; the origin corrects and sends a new folder. */
export function rejectFolder(
  f: SigningFolder,
  councillorId: string | null,
  reason: string,
  at: string,
): FolderEvent[] {
  const step = demandTurn(f, councillorId)
  if (reason.trim().length < 5)
    throw new Refusal('REASON_NEEDED', 'Indiquez le motif du refus : le service en a besoin pour corriger.', {
      family: 'invalid',
      where: 'Motif',
    })
  return [{ type: 'folder.rejected', position: step.position, reason: reason.trim(), at }]
}

/** Applies one event. */
export function evolveFolder(f: SigningFolder, e: FolderEvent): SigningFolder {
  switch (e.type) {
    case 'folder.sent':
      return e.folder
    case 'folder.stepDone': {
      const steps = f.steps.map((s) =>
        s.position === e.position
          ? {
              ...s,
              state: 'done' as const,
              at: e.at,
              resultSha256: e.document.sha256,
              certificate: e.certificate,
              timestampAt: e.timestampAt,
            }
          : s.position === e.position + 1
            ? { ...s, state: 'current' as const }
            : s,
      )
      const over = steps.every((s) => s.state === 'done')
      return { ...f, steps, document: e.document, state: over ? 'completed' : 'inProgress' }
    }
    case 'folder.rejected':
      return {
        ...f,
        state: 'rejected',
        steps: f.steps.map((s) =>
          s.position === e.position ? { ...s, state: 'refused' as const, at: e.at, reason: e.reason } : s,
        ),
      }
  }
}
