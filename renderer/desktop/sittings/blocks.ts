import type { RichBlock } from '../../../core/sitting/model.ts'

export type BlockKind = RichBlock['kind']

/** An empty block of a kind, ready to be typed in. */
export function emptyBlock(kind: BlockKind): RichBlock {
  if (kind === 'list') return { kind, items: [''] }
  if (kind === 'table') return { kind, header: ['', ''], rows: [['', '']] }
  return { kind, text: '' }
}

/** The same words under another kind: a paragraph becomes a visa, a list becomes lines. */
export function asKind(block: RichBlock, kind: BlockKind): RichBlock {
  if (block.kind === kind) return block
  const lines = linesOf(block)
  if (kind === 'list') return { kind, items: lines.length > 0 ? lines : [''] }
  if (kind === 'table')
    return { kind, header: ['', ''], rows: lines.length > 0 ? lines.map((l) => [l, '']) : [['', '']] }
  return { kind, text: lines.join('\n') }
}

function linesOf(block: RichBlock): string[] {
  if (block.kind === 'list') return block.items.filter((i) => i.trim() !== '')
  if (block.kind === 'table')
    return [block.header, ...block.rows].map((r) => r.join(' ').trim()).filter((l) => l !== '')
  return block.text.split('\n').filter((l) => l.trim() !== '')
}

const isEmpty = (block: RichBlock): boolean => linesOf(block).length === 0

export { isEmpty as isEmptyBlock }

/** Number of an article among the articles, from 1; 0 for another kind. */
export function articleNumber(blocks: readonly RichBlock[], index: number): number {
  if (blocks[index]?.kind !== 'article') return 0
  return blocks.slice(0, index + 1).filter((b) => b.kind === 'article').length
}

/** Moves one block; out of bounds leaves the text as it is. */
export function moveBlock<T>(blocks: readonly T[], from: number, to: number): T[] {
  const moved = blocks[from]
  if (moved === undefined || to < 0 || to >= blocks.length) return [...blocks]
  const rest = blocks.filter((_, i) => i !== from)
  return [...rest.slice(0, to), moved, ...rest.slice(to)]
}

const starts: readonly [RegExp, BlockKind][] = [
  [/^vu(?:\s*:)?\s+/i, 'visa'],
  [/^consid[ée]rant(?:\s*:)?\s+/i, 'considerant'],
  [/^article\s+(?:1er|\d+|premier|unique)\s*[:.–-]*\s*/i, 'article'],
]

/**
 * A project pasted from a word processor: each line becomes the block that its first words say (« Vu », « Considérant »,
 * « Article 2 : »), lines that begin with a dash become a list, the rest are paragraphs.
 */
export function blocksFromText(text: string): RichBlock[] {
  const blocks: RichBlock[] = []
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim()
    if (line === '') continue
    const bullet = /^[-–•*]\s+(.*)$/.exec(line)
    const last = blocks.at(-1)
    if (bullet?.[1] !== undefined) {
      if (last?.kind === 'list') last.items.push(bullet[1])
      else blocks.push({ kind: 'list', items: [bullet[1]] })
      continue
    }
    const start = starts.find(([pattern]) => pattern.test(line))
    const kind = start?.[1] ?? 'paragraph'
    const words = start ? line.replace(start[0], '') : line
    if (kind === 'list' || kind === 'table') continue
    blocks.push({ kind, text: kind === 'article' ? words : words.replace(/\s*;$/, '') })
  }
  return blocks
}
