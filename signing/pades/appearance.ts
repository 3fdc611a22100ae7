import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import fontkit from '@cantoo/fontkit'
import {
  CustomFontSubsetEmbedder,
  PDFContext,
  type PDFObject,
  type PDFRef,
  type PDFStream,
} from '@cantoo/pdf-lib'
import { sha256 } from '../cms/signed-data.ts'
import type { PageGeometry } from '../pdf/document.ts'
import type { Revision } from '../pdf/revision.ts'
import { SigningError } from '../types.ts'

/** What is written in the box: role in bold, then one line each. */
export type AppearanceText = {
  readonly role: string
  readonly name: string
  /** Already formatted, with its zone. */
  readonly date: string
  /** Further short lines, e.g. the demonstration mention. */
  readonly mentions: readonly string[]
}

const require = createRequire(import.meta.url)
const FONT = '@expo-google-fonts/source-serif-4/400Regular/SourceSerif4_400Regular.ttf'
const FONT_BOLD = '@expo-google-fonts/source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf'
const fontFiles = new Map<string, Uint8Array>()

function fontFile(id: string): Uint8Array {
  const known = fontFiles.get(id)
  if (known) return known
  const bytes = new Uint8Array(readFileSync(require.resolve(id)))
  fontFiles.set(id, bytes)
  return bytes
}

/** "Signé électroniquement le 24/11/2026 à 08:30:00 (UTC+01:00)": date and zone offset of an instant. */
export function signingDate(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('fr-FR', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(at)
  const [day, time] = parts.split(' ')
  return `le ${day} à ${time} (UTC${offsetOf(at, timeZone)})`
}

/** "+01:00" for an instant in a zone. Throws `fuseau-inconnu`. */
export function offsetOf(at: Date, timeZone: string): string {
  try {
    const text = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
      .formatToParts(at)
      .find((part) => part.type === 'timeZoneName')?.value
    return text === undefined || text === 'GMT' ? '+00:00' : text.replace('GMT', '')
  } catch (cause) {
    throw new SigningError('fuseau-inconnu', `Le fuseau horaire « ${timeZone} » est inconnu.`, timeZone, {
      cause,
    })
  }
}

/**
 * Draws the appearance as a form XObject of `width` × `height` points with embedded subset fonts,
 * registered in the revision. Text shrinks until it fits.
 */
export async function drawAppearance(
  revision: Revision,
  width: number,
  height: number,
  rotate: PageGeometry['rotate'],
  text: AppearanceText,
): Promise<PDFRef> {
  const tag = subsetTag(JSON.stringify(text))
  const regular = await CustomFontSubsetEmbedder.for(fontkit, fontFile(FONT), `${tag}+SourceSerif4-Regular`)
  const bold = await CustomFontSubsetEmbedder.for(
    fontkit,
    fontFile(FONT_BOLD),
    `${tag}+SourceSerif4-SemiBold`,
  )
  const lines = [
    ...(text.role ? [{ font: bold, key: 'B', text: text.role }] : []),
    { font: bold, key: 'B', text: text.name },
    { font: regular, key: 'R', text: 'Signé électroniquement' },
    { font: regular, key: 'R', text: text.date },
    ...text.mentions.map((mention) => ({ font: regular, key: 'R', text: mention })),
  ]
  const pad = Math.min(6, width / 10, height / 10)
  let size = Math.min(11, (height - 2 * pad) / (lines.length * 1.25))
  for (const line of lines) {
    const wide = line.font.widthOfTextAtSize(line.text, 1)
    if (wide * size > width - 2 * pad) size = (width - 2 * pad) / wide
  }
  const f = (value: number) => String(Math.round(value * 1000) / 1000)
  let content = `q 0.35 G 0.5 w 0.25 0.25 ${f(width - 0.5)} ${f(height - 0.5)} re S Q\nBT 0 g\n`
  let y = height - pad - size
  for (const line of lines) {
    content += `/${line.key} ${f(size)} Tf 1 0 0 1 ${f(pad)} ${f(y)} Tm ${line.font.encodeText(line.text)} Tj\n`
    y -= size * 1.25
  }
  content += 'ET'
  const fonts = await embedFonts(revision, { R: regular, B: bold })
  const turned = rotate % 180 !== 0
  const matrix: Record<number, number[]> = {
    0: [1, 0, 0, 1, 0, 0],
    90: [0, 1, -1, 0, 0, 0],
    180: [-1, 0, 0, -1, 0, 0],
    270: [0, -1, 1, 0, 0, 0],
  }
  const stream: PDFStream = revision.reader.context.flateStream(content, {
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, width, height],
    ...(turned || rotate === 180 ? { Matrix: matrix[rotate] ?? [] } : {}),
    Resources: { Font: fonts },
  })
  return revision.add(stream)
}

/** Six capitals that name a font subset (PDF 32000-1 §9.6.4): different texts, different subsets. */
const subsetTag = (text: string): string =>
  Array.from(sha256(new TextEncoder().encode(text)).subarray(0, 6), (byte) =>
    String.fromCharCode(65 + (byte % 26)),
  ).join('')

/** The embedder registers objects in a context of its own numbering: give it numbers of the revision. */
async function embedFonts(
  revision: Revision,
  fonts: Readonly<Record<string, CustomFontSubsetEmbedder>>,
): Promise<Record<string, PDFRef>> {
  const out: Record<string, PDFRef> = {}
  const registered = new Map<PDFRef, PDFObject>()
  const scratch = PDFContext.create()
  scratch.nextRef = () => revision.nextRef()
  scratch.assign = (ref, object) => {
    registered.set(ref, object)
  }
  for (const [key, font] of Object.entries(fonts)) out[key] = await font.embedIntoContext(scratch)
  for (const [ref, object] of registered) revision.put(ref, object)
  return out
}
