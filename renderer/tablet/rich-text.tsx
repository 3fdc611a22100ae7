import type { RichBlock } from '../../core/sitting/model.ts'
import { tabletText } from '../text/tablet.ts'
import { typeset } from '../ui/format.ts'

/** Amounts and counts are read down a column: a column of nothing else is set to the right. */
const numeric = /^[-+]?[\d\s\u00a0\u202f.,]+(\s?[€%])?$/

/** The text of an item as it will be voted: visas, considérants, numbered articles, lists and tables. */
export function RichText({ blocks }: { blocks: readonly RichBlock[] }) {
  let articles = 0
  let tables = 0
  return (
    <div className="rich-text document-text">
      {blocks.map((block, i) => {
        if (block.kind === 'article') articles++
        if (block.kind === 'table') tables++
        // biome-ignore lint/suspicious/noArrayIndexKey: a block is its rank
        return <Block key={i} block={block} article={articles} table={tables} />
      })}
    </div>
  )
}

function Block({ block, article, table }: { block: RichBlock; article: number; table: number }) {
  switch (block.kind) {
    case 'visa':
    case 'considerant':
      return <p className="rich-ground">{typeset(block.text)}</p>
    case 'paragraph':
      return <p>{typeset(block.text)}</p>
    case 'article':
      return (
        <p>
          <strong className="rich-article">{tabletText.reading.article(article)}</strong>{' '}
          {typeset(block.text)}
        </p>
      )
    case 'list':
      return (
        <ul>
          {block.items.map((item) => (
            <li key={item}>{typeset(item)}</li>
          ))}
        </ul>
      )
    case 'table':
      return <RichTable block={block} label={tabletText.reading.tableLabel(table)} />
  }
}

function RichTable({ block, label }: { block: Extract<RichBlock, { kind: 'table' }>; label: string }) {
  const right = block.header.map((_, column) => block.rows.every((row) => numeric.test(row[column] ?? '')))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="rich-table" tabIndex={0} aria-label={label}>
      <table className="plain-table">
        <thead>
          <tr>
            {block.header.map((cell, i) => (
              <th key={cell} scope="col" className={right[i] ? 'number' : undefined}>
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row) => (
            <tr key={row.join('|')}>
              {row.map((cell, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
                <td key={i} className={right[i] ? 'number' : undefined}>
                  {typeset(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
