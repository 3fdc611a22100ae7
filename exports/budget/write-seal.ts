import { Refusal } from '../../core/refusal.ts'
import { readXml } from '../xml/read.ts'
import { checkBudgetDocument } from './check.ts'
import { dscForm } from './dsc-form.ts'
import { readBudgetDocument } from './read.ts'
import { digestUnsealed, type SealDigests, verifySeal } from './seal.ts'

export type SealOptions = {
  /** Instant of the seal, xs:dateTime with its offset ("2026-12-10T18:30:00.000+01:00"); see `sealDate`. */
  date: string
  /** Replace a broken seal. A valid one is never replaced. */
  replace?: boolean
  /** Folder of the official schemas, as in `checkBudget`. */
  schemas?: { folder: string | undefined }
}

export type SealedBudget = {
  bytes: Uint8Array
  digests: SealDigests
  /**
   * False: the seal was inserted, every other byte is the input's. True: the file was not in the form that sealing
   * components hash (indent 3, ISO-8859-1, CRLF), so it was first rewritten in it, content unchanged.
   */
  rewritten: boolean
}

/**
 * Seals a budget document: writes `Scellement` before EnTeteDocBudgetaire, by splicing, and checks the result.
 * Refusals: budget-seal-exists, budget-seal-broken (without `replace`), budget-seal-not-enriched (VersionOutil DSC_COMMON
 * and REMAT are required by the State's component), budget-seal-faulty (with the problems), budget-seal-signed.
 */
export function sealBudget(bytes: Uint8Array, options: SealOptions): SealedBudget {
  refuseUnsealable(bytes, options)
  const unsealed = withoutSeal(bytes)
  const prepared = inSealingForm(unsealed)
  const digests = digestOf(prepared)
  const sealed = splice(prepared, digests, options.date)
  if (verifySeal(sealed) !== 'valid') {
    throw new Refusal(
      'budget-seal-failed',
      'Le scellement n’a pas pu être écrit : la structure du fichier est inhabituelle. Scellez-le dans TotEM.',
    )
  }
  return { bytes: sealed, digests, rewritten: prepared !== unsealed }
}

/** Instant of a seal as other tools write it: local French time with its offset. */
export function sealDate(now: Date): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Paris',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).formatToParts(now)
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? ''
  const local = `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}`
  const hours = Math.round((Date.parse(`${local}Z`) - now.getTime()) / 3_600_000)
  return `${local}.${String(now.getUTCMilliseconds()).padStart(3, '0')}+0${hours}:00`
}

function refuseUnsealable(bytes: Uint8Array, options: SealOptions): void {
  using xml = readXml(bytes)
  const tools = readBudgetDocument(xml).tools.filter((tool) => tool.version !== '')
  for (const name of ['DSC_COMMON', 'REMAT']) {
    if (tools.some((tool) => tool.name === name)) continue
    throw new Refusal(
      'budget-seal-not-enriched',
      `Ce budget n’est jamais passé par TotEM (VersionOutil ${name} manque) : le scellement serait refusé. Importez-le dans TotEM, qui l’enrichit et le scelle.`,
      { where: 'VersionOutil', family: 'impossible' },
    )
  }
  const report = checkBudgetDocument(xml, options.schemas ? { schemas: options.schemas } : {})
  if (report.seal === 'valid') {
    throw new Refusal(
      'budget-seal-exists',
      'Ce budget est déjà scellé, et son scellement est intact : rien à faire.',
      {
        where: 'Scellement',
        family: 'impossible',
      },
    )
  }
  if (report.seal === 'broken' && !options.replace) {
    throw new Refusal(
      'budget-seal-broken',
      'Ce budget porte un scellement rompu : il a été modifié après avoir été scellé. Vérifiez-le, puis demandez expressément le remplacement du scellement.',
      { where: 'Scellement', family: 'impossible' },
    )
  }
  // A budget voted out of balance must still reach the prefecture (CGCT art. L. 1612-5): the seal does not judge it.
  const faults = report.problems.filter((p) => p.level === 'error' && p.code !== 'budget-unbalanced')
  if (faults.length > 0) {
    throw new Refusal(
      'budget-seal-faulty',
      `Ce budget ne peut pas être scellé en l’état : ${faults[0]?.message ?? ''}`,
      { problems: faults },
    )
  }
}

const latin1 = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
// Markup is ASCII in every character set that `readXml` admits: Latin-1 text gives every byte its own character.
const toBytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

/** A tag at the top of markup, comments and CDATA skipped. */
function findTag(text: string, name: string): RegExpExecArray | null {
  const pattern = new RegExp(
    `<!--[\\s\\S]*?-->|<!\\[CDATA\\[[\\s\\S]*?\\]\\]>|<((?:[\\w.-]+:)?)${name}(?=[\\s/>])`,
    'g',
  )
  for (let match = pattern.exec(text); match; match = pattern.exec(text))
    if (match[1] !== undefined) return match
  return null
}

function withoutSeal(bytes: Uint8Array): Uint8Array {
  let text = latin1(bytes)
  for (let found = findTag(text, 'Scellement'); found; found = findTag(text, 'Scellement')) {
    const rest = text.slice(found.index)
    const whole = /^<[^>]*?(?:\/>|>\s*<\/[^>]*>)[^<]*/.exec(rest)
    if (!whole) break
    text = text.slice(0, found.index) + rest.slice(whole[0].length)
  }
  return text.length === bytes.length ? bytes : toBytes(text)
}

function digestOf(bytes: Uint8Array): SealDigests {
  using xml = readXml(bytes)
  return digestUnsealed(xml)
}

/** A lone space that a tool left at a line end belongs to the hash and survives the sealing component. */
const withoutLoneSpaces = (canonical: string) => canonical.replaceAll(' \n', '\n')

/** The same bytes when a sealing component would hash them as they are; else the document in that form. */
function inSealingForm(bytes: Uint8Array): Uint8Array {
  using xml = readXml(bytes)
  const rewritten = toBytes(dscForm(xml))
  using again = readXml(rewritten)
  if (withoutLoneSpaces(xml.canonicalizeToString()) === withoutLoneSpaces(again.canonicalizeToString()))
    return bytes
  if (/<(?:[\w.-]+:)?SignatureValue[\s>]/.test(latin1(bytes))) {
    throw new Refusal(
      'budget-seal-signed',
      'Ce fichier contient une signature électronique et n’a pas la présentation attendue pour être scellé : le remettre en forme romprait la signature. Scellez-le dans TotEM.',
      { family: 'impossible' },
    )
  }
  return rewritten
}

function splice(bytes: Uint8Array, digests: SealDigests, date: string): Uint8Array {
  const text = latin1(bytes)
  const anchor = findTag(text, 'EnTeteDocBudgetaire')
  if (!anchor) return bytes
  const before = text.slice(0, anchor.index)
  const indent = /\s*$/.exec(before)?.[0] ?? ''
  const seal = `<${anchor[1] ?? ''}Scellement md5="${digests.md5}" sha1="${digests.sha1}" date="${date}"/>`
  return toBytes(before + seal + indent + text.slice(anchor.index))
}
