import { Plus, X } from 'lucide-react'
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'
import type { RichBlock } from '../../../core/sitting/model.ts'
import { agendaText } from '../../text/sittings-agenda.ts'
import { Button } from '../../ui/button.tsx'

const words = agendaText.editor

type Of<K extends RichBlock['kind']> = Extract<RichBlock, { kind: K }>
interface BlockProps<B extends RichBlock> {
  block: B
  name: string
  onChange: (block: RichBlock) => void
  /** Enter at the end: a new block of the same kind. */
  onNext: () => void
  /** Backspace in an empty block. */
  onEmptyBack: () => void
}

/** A block made of one text; it grows with what is typed. */
export function WordsBlock({
  block,
  name,
  onChange,
  onNext,
  onEmptyBack,
}: BlockProps<Of<'visa' | 'considerant' | 'paragraph' | 'article'>>) {
  const area = useRef<HTMLTextAreaElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    if (!area.current) return
    area.current.style.height = 'auto'
    area.current.style.height = `${area.current.scrollHeight + 2}px`
  }, [block.text])
  const onKey = (e: KeyboardEvent<HTMLTextAreaElement>) => {
    if (e.key === 'Enter' && !e.shiftKey && !e.ctrlKey && !e.nativeEvent.isComposing) {
      e.preventDefault()
      onNext()
    } else if (e.key === 'Backspace' && block.text === '') {
      e.preventDefault()
      onEmptyBack()
    }
  }
  return (
    <textarea
      ref={area}
      className="input document-text block-words"
      rows={1}
      aria-label={name}
      aria-describedby="text-editor-hint"
      value={block.text}
      onChange={(e) => onChange({ ...block, text: e.target.value })}
      onKeyDown={onKey}
    />
  )
}

/** A list: Enter adds a line, Backspace in an empty one takes it away. */
export function ListBlock({ block, name, onChange, onEmptyBack }: BlockProps<Of<'list'>>) {
  const place = useRef<HTMLUListElement>(null)
  const { items } = block
  const focus = (index: number) =>
    requestAnimationFrame(() => place.current?.querySelectorAll('input')[index]?.focus())
  const set = (next: string[], at: number) => {
    onChange({ ...block, items: next })
    focus(at)
  }
  const onKey = (e: KeyboardEvent, index: number) => {
    if (e.key === 'Enter') {
      e.preventDefault()
      set([...items.slice(0, index + 1), '', ...items.slice(index + 1)], index + 1)
    } else if (e.key === 'Backspace' && items[index] === '') {
      e.preventDefault()
      if (items.length === 1) onEmptyBack()
      else
        set(
          items.filter((_, i) => i !== index),
          Math.max(0, index - 1),
        )
    }
  }
  return (
    <div>
      <ul className="block-list" ref={place} aria-label={name}>
        {items.map((text, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id, and all they show comes from their value
          <li key={index}>
            <input
              className="input document-text"
              aria-label={words.listItem(index + 1)}
              value={text}
              onChange={(e) =>
                onChange({ ...block, items: items.map((t, i) => (i === index ? e.target.value : t)) })
              }
              onKeyDown={(e) => onKey(e, index)}
            />
          </li>
        ))}
      </ul>
      <Button kind="bare" icon={Plus} onPress={() => set([...items, ''], items.length)}>
        {words.listAdd}
      </Button>
    </div>
  )
}

/** A table: a line of titles, then lines; lines and columns are added and taken away at the edges. */
export function TableBlock({ block, name, onChange }: BlockProps<Of<'table'>>) {
  const { header, rows } = block
  const replace = (row: readonly string[], column: number, text: string) =>
    row.map((c, i) => (i === column ? text : c))
  const without = (row: readonly string[], column: number) => row.filter((_, i) => i !== column)
  return (
    <div className="block-table">
      <div className="table-scroll">
        <table aria-label={name}>
          <thead>
            <tr>
              {header.map((text, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no id
                <th key={column} scope="col">
                  <input
                    className="input"
                    aria-label={words.column(column + 1)}
                    value={text}
                    onChange={(e) => onChange({ ...block, header: replace(header, column, e.target.value) })}
                  />
                  {header.length > 1 && (
                    <Button
                      kind="bare"
                      icon={X}
                      iconOnly
                      onPress={() =>
                        onChange({
                          ...block,
                          header: without(header, column),
                          rows: rows.map((r) => without(r, column)),
                        })
                      }
                    >
                      {words.columnRemove(column + 1)}
                    </Button>
                  )}
                </th>
              ))}
              <td>
                <Button
                  kind="bare"
                  icon={Plus}
                  iconOnly
                  onPress={() =>
                    onChange({ ...block, header: [...header, ''], rows: rows.map((r) => [...r, '']) })
                  }
                >
                  {words.columnAdd}
                </Button>
              </td>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id
              <tr key={at}>
                {header.map((_, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns have no id
                  <td key={column}>
                    <input
                      className="input"
                      aria-label={words.cell(at + 1, column + 1)}
                      value={row[column] ?? ''}
                      onChange={(e) =>
                        onChange({
                          ...block,
                          rows: rows.map((r, i) =>
                            i === at
                              ? replace(
                                  header.map((_h, c) => r[c] ?? ''),
                                  column,
                                  e.target.value,
                                )
                              : r,
                          ),
                        })
                      }
                    />
                  </td>
                ))}
                <td>
                  <Button
                    kind="bare"
                    icon={X}
                    iconOnly
                    disabled={rows.length === 1}
                    onPress={() => onChange({ ...block, rows: rows.filter((_, i) => i !== at) })}
                  >
                    {words.rowRemove(at + 1)}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Button
        kind="bare"
        icon={Plus}
        onPress={() => onChange({ ...block, rows: [...rows, header.map(() => '')] })}
      >
        {words.rowAdd}
      </Button>
    </div>
  )
}
