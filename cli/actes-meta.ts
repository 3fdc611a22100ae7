import { z } from 'zod'
import { fault, Refusal } from '../core/refusal.ts'
import { bundledClassification } from '../exports/actes/classification.ts'
import type { Classification } from '../exports/actes/model.ts'
import { readMessage } from '../exports/actes/read-message.ts'

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

const Meta = z.strictObject({
  sender: z.strictObject({
    siren: z.string(),
    department: z.string(),
    arrondissement: z.string(),
    authorityType: z.string(),
    returnEmails: z.array(z.string()),
    contact: z
      .strictObject({ name: z.string(), phone: z.string().default(''), email: z.string().default('') })
      .optional(),
  }),
  trigram: z.string(),
  application: z.enum(['EACT', 'TACT']).default('EACT'),
  builtOn: Day,
  serial: z.number().int().positive(),
  classification: z.string(),
  act: z.strictObject({
    date: Day,
    internalNumber: z.string(),
    nature: z.number().int(),
    subject: z.string(),
    object: z.string(),
    paper: z.boolean().optional(),
    precedingActId: z.string().optional(),
    pieceCode: z.string().optional(),
  }),
  annexPieceCodes: z.array(z.string()).default([]),
})
export type Meta = z.infer<typeof Meta>

/** Reads the metadata of `actes build` from JSON in UTF-8. Refuses (`ACTES_META`) what is missing or unknown, field by field. */
export function readMeta(bytes: Uint8Array, file: string): Meta {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Refusal(
      'ACTES_META',
      'Ce fichier de métadonnées n’est pas du JSON en UTF-8. Corrigez-le (« echarpe actes » en donne la forme).',
      { where: file },
    )
  }
  const parsed = Meta.safeParse(value)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.flatMap((issue) => {
    const at = issue.path.join('.')
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) =>
        fault(
          'ACTES_META',
          `Le champ « ${[...issue.path, key].join('.')} » n’est pas connu : retirez-le ou corrigez son nom.`,
          file,
        ),
      )
    }
    return [fault('ACTES_META', `Le champ « ${at} » manque ou n’a pas la forme attendue.`, file)]
  })
  throw new Refusal('ACTES_META', problems[0]?.message ?? 'Métadonnées refusées.', { where: file, problems })
}

/** The classification a metadata file names: the national levels at that date, or the prefecture's own 7-2 file. */
export async function classificationFor(
  meta: Meta,
  read: (file: string) => Promise<Uint8Array>,
): Promise<Classification> {
  if (Day.safeParse(meta.classification).success) return bundledClassification(meta.classification)
  const { content } = readMessage(await read(meta.classification))
  if (content.code === '7-2') return content.classification
  throw new Refusal(
    'ACTES_CLASSIFICATION',
    `Ce fichier est un message ${content.code}, pas une classification (7-2).`,
    { where: meta.classification },
  )
}
