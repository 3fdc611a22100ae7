const NB = '\u00a0'
/** Narrow no-break space, the French « espace fine insécable ». */
const THIN = '\u202f'

/** Addresses of machines are left as they are: a space or a curly apostrophe would break them. */
const MACHINE = /(?:[a-z][a-z0-9+.-]*:\/\/|www\.)\S+|[^\s@<>«»()]+@[^\s@<>«»()]+\.[A-Za-z]{2,}/g

const rules: readonly [RegExp, string][] = [
  [/\.\.\./g, '…'],
  [/(?<=[\p{L}\d])['’](?=[\p{L}\d«])/gu, '’'],
  // balanced straight quotes that enclose words; a lone one stays what it is
  [/(?<=^|[\s(’])"(?=\S)([^"\n]*?\S)"(?=$|[\s.,;:!?)…])/g, `«${NB}$1${NB}»`],
  [/«[ \u00a0\u202f]*/g, `«${NB}`],
  [/[ \u00a0\u202f]*»/g, `${NB}»`],
  // a mark followed by a letter belongs to something else (an hour, a key, an address)
  [/(?<=[^\s\u00a0\u202f])[ \u00a0\u202f]*:(?=$|[\s\u00a0])/g, `${NB}:`],
  [/(?<=[^\s\u00a0\u202f;!?])[ \u00a0\u202f]*([;!?]+)(?=$|[\s\u00a0)»])/g, `${THIN}$1`],
  [/(?<![\d.,\u202f])(\d{1,3})(?:[ \u00a0\u202f](?=\d{3}(?!\d)))(?=\d)/g, `$1${THIN}`],
  [/(?<!\p{L})1(?:ier|ER)(?!\p{L})/gu, '1er'],
  [/(?<![\p{L}\d])1(?:ère|ere)(?!\p{L})/gu, '1re'],
  [/(?<![\p{L}\d])(\d+|[IVXLC]+)(?:ième|ieme|ème|eme|è)(?!\p{L})/gu, '$1e'],
  [/(?<=\d)[ \u00a0\u202f]*([€%‰])/g, `${NB}$1`],
  [/(?<=\d)[ \u00a0\u202f]+(?=(?:h|min|km|ha|m²|m|kg|ans?|jours?|voix|habitants)(?![\p{L}\d]))/gu, NB],
  [/(?<=\d[ \u00a0]h)[ \u00a0\u202f](?=\d\d(?!\d))/g, NB],
  [
    /(?<![\p{L}\d])(\d{1,2}|1er) (?=(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)(?!\p{L}))/gu,
    `$1${NB}`,
  ],
  [/(?<![\p{L}\d])n[°º][ \u00a0]?(?=[\p{L}\d])/gu, `n°${NB}`],
  [/(?<![\p{L}\d])(M|MM)\. (?=\p{Lu})/gu, `$1.${NB}`],
  [/(?<![\p{L}\d])(Mme|Mmes|Mlle|Me|Dr) (?=\p{Lu})/gu, `$1${NB}`],
  [/(?<![\p{L}\d])(art\.|article|articles) (?=[\p{Lu}\d])/gu, `$1${NB}`],
  [/(?<![p{L}\d])([LRDA])\. ?\*?(?=\d)/g, `$1.${NB}`],
  [/ (?=–|—)/g, NB],
]

/**
 * French typography of a text typed in haste: no-break and thin spaces, « », apostrophes, ordinals, thousands already
 * separated by a space. Words, figures and addresses (web, e-mail) are never changed; applying it twice changes nothing.
 */
export function typeset(text: string): string {
  const kept: string[] = []
  let result = text.normalize('NFC').replace(MACHINE, (address) => {
    const trailing = /[.,;:!?…)]+$/.exec(address)?.[0] ?? ''
    kept.push(address.slice(0, address.length - trailing.length))
    return `\ue000${kept.length - 1}\ue001${trailing}`
  })
  for (const [pattern, replacement] of rules) result = result.replace(pattern, replacement)
  return result.replace(/\ue000(\d+)\ue001/g, (_, index) => kept[Number(index)] ?? '')
}

/** Fields whose content is an identifier, a hash or a path: printed exactly as given. */
const VERBATIM = new Set([
  'sha256',
  'number',
  'serial',
  'messageId',
  'address',
  'fileName',
  'kind',
  'image',
  'verbatim',
])

/** `typeset` on every text of a value, except the fields that hold identifiers. Keeps the shape of the value. */
export function typesetAll<T>(value: T): T
export function typesetAll(value: unknown): unknown {
  if (typeof value === 'string') return typeset(value)
  if (Array.isArray(value)) return value.map((entry) => typesetAll(entry))
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, VERBATIM.has(key) ? entry : typesetAll(entry)]),
    )
  return value
}
