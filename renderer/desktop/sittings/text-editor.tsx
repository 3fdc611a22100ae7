import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { type ClipboardEvent, useEffect, useRef, useState } from 'react'
import type { RichBlock } from '../../../core/sitting/model.ts'
import { agendaText } from '../../text/sittings-agenda.ts'
import { StatusLine } from '../../ui/announce.tsx'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { ListBlock, TableBlock, WordsBlock } from './block-fields.tsx'
import {
  articleNumber,
  asKind,
  type BlockKind,
  blocksFromText,
  emptyBlock,
  isEmptyBlock,
  moveBlock,
} from './blocks.ts'
import './text-editor.css'

const words = agendaText.editor
const kinds = Object.keys(words.kinds) as BlockKind[]

/** Name of a block for people: "Visa, bloc 1", "Article 2, bloc 5". */
function blockName(blocks: readonly RichBlock[], index: number): string {
  const kind = blocks[index]?.kind ?? 'paragraph'
  const article = articleNumber(blocks, index)
  return words.block(article > 0 ? words.article(article) : words.kinds[kind], index + 1)
}

/** The text of a délibération, block after block; what is typed goes to `onChange` at once. */
export function TextEditor({
  blocks,
  onChange,
}: {
  blocks: readonly RichBlock[]
  onChange: (blocks: RichBlock[]) => void
}) {
  const place = useRef<HTMLDivElement>(null)
  const [wanted, setWanted] = useState<number>()
  const [removed, setRemoved] = useState<{ name: string; before: readonly RichBlock[] }>()
  useEffect(() => {
    if (wanted === undefined) return
    place.current?.querySelector<HTMLElement>(`[data-block="${wanted}"] :is(textarea, input)`)?.focus()
    setWanted(undefined)
  }, [wanted])
  const replace = (index: number, block: RichBlock) =>
    onChange(blocks.map((b, i) => (i === index ? block : b)))
  const insert = (index: number, ...added: RichBlock[]) => {
    onChange([...blocks.slice(0, index), ...added, ...blocks.slice(index)])
    setWanted(index + added.length - 1)
    setRemoved(undefined)
  }
  const remove = (index: number) => {
    const block = blocks[index]
    if (block && !isEmptyBlock(block)) setRemoved({ name: blockName(blocks, index), before: blocks })
    onChange(blocks.filter((_, i) => i !== index))
    setWanted(Math.max(0, index - 1))
  }
  // A project of several lines, pasted in an empty block, takes its structure from its first words.
  const paste = (e: ClipboardEvent, index: number) => {
    const text = e.clipboardData.getData('text/plain')
    const block = blocks[index]
    if (!block || !isEmptyBlock(block) || !text.trim().includes('\n')) return
    e.preventDefault()
    const found = blocksFromText(text)
    onChange([...blocks.slice(0, index), ...found, ...blocks.slice(index + 1)])
    setWanted(index + found.length - 1)
  }
  return (
    <div className="text-editor" ref={place}>
      <p className="soft" id="text-editor-hint">
        {blocks.length === 0 ? words.empty : words.hint}
      </p>
      <ol className="text-blocks" aria-label={words.label}>
        {blocks.map((block, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no id, and all they show comes from their value
          <li key={index} data-block={index} data-kind={block.kind} onPaste={(e) => paste(e, index)}>
            <BlockTools
              name={blockName(blocks, index)}
              menuName={words.block(leadOf(blocks, index), index + 1)}
              block={block}
              first={index === 0}
              last={index === blocks.length - 1}
              onKind={(kind) => replace(index, asKind(block, kind))}
              onMove={(step) => {
                onChange(moveBlock(blocks, index, index + step))
                setWanted(index + step)
              }}
              onRemove={() => remove(index)}
              lead={leadOf(blocks, index)}
            />
            <BlockBody
              block={block}
              name={blockName(blocks, index)}
              onChange={(b) => replace(index, b)}
              onNext={() => insert(index + 1, emptyBlock(block.kind))}
              onEmptyBack={() => remove(index)}
            />
          </li>
        ))}
      </ol>
      <StatusLine>
        {removed && (
          <>
            {words.removed(removed.name)}{' '}
            <Button
              kind="bare"
              onPress={() => {
                onChange([...removed.before])
                setRemoved(undefined)
              }}
            >
              {words.undo}
            </Button>
          </>
        )}
      </StatusLine>
      <fieldset className="block-add">
        <legend className="visually-hidden">{words.add}</legend>
        {kinds.map((kind) => (
          <Button key={kind} icon={Plus} onPress={() => insert(blocks.length, emptyBlock(kind))}>
            {words.kinds[kind]}
          </Button>
        ))}
      </fieldset>
    </div>
  )
}

/** What the paper writes before the block. */
export function leadOf(blocks: readonly RichBlock[], index: number): string {
  const kind = blocks[index]?.kind
  if (kind === 'visa' || kind === 'considerant') return words.lead[kind]
  if (kind === 'article') return words.article(articleNumber(blocks, index))
  return kind ? words.kinds[kind] : ''
}

interface BlockToolsProps {
  name: string
  /** Begins with the words that are shown. */
  menuName: string
  block: RichBlock
  lead: string
  first: boolean
  last: boolean
  onKind: (kind: BlockKind) => void
  onMove: (step: 1 | -1) => void
  onRemove: () => void
}

function BlockTools({ name, menuName, block, lead, first, last, onKind, onMove, onRemove }: BlockToolsProps) {
  return (
    <div className="block-tools">
      <Menu
        label={lead}
        name={menuName}
        kind="bare"
        groups={[
          {
            items: kinds.map((kind) => ({
              id: kind,
              label: words.kinds[kind],
              checked: kind === block.kind,
              onPress: () => onKind(kind),
            })),
          },
          {
            title: words.actions,
            items: [
              { id: 'up', label: words.up(name), icon: ArrowUp, disabled: first, onPress: () => onMove(-1) },
              {
                id: 'down',
                label: words.down(name),
                icon: ArrowDown,
                disabled: last,
                onPress: () => onMove(1),
              },
              { id: 'remove', label: words.remove(name), icon: Trash2, danger: true, onPress: onRemove },
            ],
          },
        ]}
      />
    </div>
  )
}

interface BlockBodyProps {
  block: RichBlock
  name: string
  onChange: (block: RichBlock) => void
  onNext: () => void
  onEmptyBack: () => void
}

function BlockBody({ block, ...rest }: BlockBodyProps) {
  if (block.kind === 'list') return <ListBlock block={block} {...rest} />
  if (block.kind === 'table') return <TableBlock block={block} {...rest} />
  return <WordsBlock block={block} {...rest} />
}
