// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: rows take the focus and answer to keys, which is what a grid is
// biome-ignore-all lint/a11y/noRedundantRoles: written out so that it stays a table for readers when a narrow screen shows rows as sheets
// biome-ignore-all lint/a11y/useSemanticElements: same reason
// biome-ignore-all lint/a11y/useFocusableInteractive: the row takes the focus, not its cells
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react'
import { uiText } from '../text/ui.ts'
import { Button } from './button.tsx'
import { arrangeRows, type SortState, type SortValue } from './data-table-rows.ts'
import { count, integer } from './format.ts'
import { EmptyState } from './notice.tsx'
import { SearchField } from './search-field.tsx'

export interface Column<Row> {
  id: string
  label: string
  cell: (row: Row) => ReactNode
  /** Makes the column sortable; also what the filter reads when it is text. */
  sortValue?: ((row: Row) => SortValue) | undefined
  /** What the filter reads; by default the sort value when it is text. */
  filterText?: ((row: Row) => string) | undefined
  numeric?: boolean | undefined
  /** The column that names the row (header of the row). By default the first. */
  rowHeader?: boolean | undefined
  /** CSS width, for short columns: "8rem". */
  width?: string | undefined
}

interface DataTableProps<Row> {
  caption: string
  /** Keeps the caption for screen readers only, under a heading that says the same. */
  hideCaption?: boolean | undefined
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** Names the row for screen readers ("Délibération 7"). */
  rowLabel: (row: Row) => string
  /** Enter or a click: opens the row. */
  onOpen?: ((row: Row) => void) | undefined
  /** Id of the row shown in the detail pane. */
  current?: string | undefined
  /** Set of selected ids; giving it with `onSelect` adds the checkbox column. */
  selected?: ReadonlySet<string> | undefined
  onSelect?: ((ids: ReadonlySet<string>) => void) | undefined
  selectable?: ((row: Row) => boolean) | undefined
  defaultSort?: SortState | undefined
  filterable?: boolean | undefined
  filterLabel?: string | undefined
  /** Controls on the line of the filter (selects, buttons). */
  tools?: ReactNode
  /** Noun for the count: ["acte", "actes"]. */
  noun?: readonly [string, string] | undefined
  empty?: ReactNode
  /** Rows drawn at first and added by the button under the table. */
  pageSize?: number | undefined
}

/** A list of things with real headers: sort, filter, arrows, Enter to open, Space to select. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const {
    columns,
    rows,
    rowId,
    rowLabel,
    onOpen,
    selected,
    onSelect,
    pageSize = 100,
    noun = ['ligne', 'lignes'],
  } = props
  const [filter, setFilter] = useState('')
  const [sort, setSort] = useState(props.defaultSort)
  const [limit, setLimit] = useState(pageSize)
  const [active, setActive] = useState<string>()
  const keysId = useId()
  const body = useRef<HTMLTableSectionElement>(null)
  const canSelect = selected !== undefined && onSelect !== undefined
  const isSelectable = props.selectable ?? (() => true)

  const arranged = useMemo(() => {
    const textOf = (row: Row) => columns.map((c) => columnText(c, row)).join(' ')
    const cellValue = (row: Row, id: string) => columns.find((c) => c.id === id)?.sortValue?.(row)
    return arrangeRows(rows, filter, textOf, sort, cellValue)
  }, [rows, columns, filter, sort])
  const shown = arranged.slice(0, limit)
  const ids = shown.map(rowId)
  const tabStop = [active, props.current].find((id) => id !== undefined && ids.includes(id)) ?? ids[0]
  const headerColumn = columns.find((c) => c.rowHeader)?.id ?? columns[0]?.id

  const selectableIds = canSelect ? arranged.filter(isSelectable).map(rowId) : []
  const allSelected = selectableIds.length > 0 && selectableIds.every((id) => selected?.has(id))
  const someSelected = selectableIds.some((id) => selected?.has(id))
  const toggle = (row: Row) => {
    if (!canSelect || !isSelectable(row)) return
    const next = new Set(selected)
    if (!next.delete(rowId(row))) next.add(rowId(row))
    onSelect(next)
  }
  const toggleAll = () => {
    const next = new Set(selected)
    for (const id of selectableIds) allSelected ? next.delete(id) : next.add(id)
    onSelect?.(next)
  }
  const focusRow = (index: number) => {
    const id = ids[Math.min(ids.length - 1, Math.max(0, index))]
    if (id === undefined) return
    setActive(id)
    const drawn = body.current?.querySelectorAll<HTMLElement>('[data-row]') ?? []
    const row = [...drawn].find((r) => r.dataset['row'] === id)
    row?.focus()
  }
  const onKey = (e: KeyboardEvent<HTMLTableRowElement>, row: Row, index: number) => {
    if (e.target !== e.currentTarget) return
    const moves: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      Home: 0,
      End: ids.length - 1,
      PageDown: index + 10,
      PageUp: index - 10,
    }
    const goal = moves[e.key]
    if (goal !== undefined) focusRow(goal)
    else if (e.key === 'Enter' && onOpen) onOpen(row)
    else if (e.key === ' ' && canSelect) toggle(row)
    else if (e.key === 'a' && (e.ctrlKey || e.metaKey) && canSelect) toggleAll()
    else return
    e.preventDefault()
  }
  const filterable = props.filterable ?? rows.length > 8

  return (
    <div className="data-table" data-opens={onOpen ? true : undefined}>
      {!props.hideCaption && (
        <p className="table-title" aria-hidden>
          {props.caption}
        </p>
      )}
      {(filterable || props.tools) && rows.length > 0 && (
        <div className="table-tools">
          {filterable && (
            <SearchField
              label={props.filterLabel ?? uiText.table.filter}
              value={filter}
              onChange={setFilter}
            />
          )}
          {props.tools}
          <output className="table-count soft">
            {filter === ''
              ? count(rows.length, ...noun)
              : uiText.table.shown(integer(arranged.length), count(rows.length, ...noun))}
          </output>
        </div>
      )}
      {rows.length === 0 ? (
        (props.empty ?? <EmptyState title={uiText.table.empty} />)
      ) : (
        <div className="table-scroll">
          <table
            role="grid"
            aria-multiselectable={canSelect || undefined}
            aria-describedby={keysId}
            aria-rowcount={arranged.length + 1}
          >
            <caption className="visually-hidden">{props.caption}</caption>
            <thead>
              <tr role="row">
                {canSelect && (
                  <th role="columnheader" className="select-cell">
                    <label className="row-check">
                      <input
                        type="checkbox"
                        aria-label={uiText.table.selectAll}
                        checked={allSelected}
                        ref={(box) => {
                          if (box) box.indeterminate = someSelected && !allSelected
                        }}
                        onChange={toggleAll}
                      />
                    </label>
                  </th>
                )}
                {columns.map((c) => (
                  <HeaderCell key={c.id} column={c} sort={sort} onSort={setSort} />
                ))}
              </tr>
            </thead>
            <tbody ref={body}>
              {shown.map((row, index) => {
                const id = rowId(row)
                return (
                  <tr
                    key={id}
                    role="row"
                    data-row={id}
                    aria-rowindex={index + 2}
                    tabIndex={id === tabStop ? 0 : -1}
                    aria-selected={canSelect ? selected.has(id) : undefined}
                    aria-current={props.current === id ? 'true' : undefined}
                    onFocus={() => setActive(id)}
                    onKeyDown={(e) => onKey(e, row, index)}
                    onClick={(e) => {
                      const inside = (e.target as Element).closest('a, button, input, label, select, summary')
                      if (!inside && !window.getSelection()?.toString()) onOpen?.(row)
                    }}
                  >
                    {canSelect && (
                      <td role="gridcell" className="select-cell">
                        {isSelectable(row) && (
                          <label className="row-check">
                            <input
                              type="checkbox"
                              tabIndex={-1}
                              aria-label={uiText.table.select(rowLabel(row))}
                              checked={selected.has(id)}
                              onChange={() => toggle(row)}
                            />
                          </label>
                        )}
                      </td>
                    )}
                    {columns.map((c) =>
                      c.id === headerColumn ? (
                        <th
                          key={c.id}
                          scope="row"
                          role="rowheader"
                          data-label={c.label}
                          className={c.numeric ? 'number' : undefined}
                        >
                          {c.cell(row)}
                        </th>
                      ) : (
                        <td
                          key={c.id}
                          role="gridcell"
                          data-label={c.label}
                          className={c.numeric ? 'number' : undefined}
                        >
                          {c.cell(row)}
                        </td>
                      ),
                    )}
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
      <p className="visually-hidden" id={keysId}>
        {canSelect ? uiText.table.keysSelect : uiText.table.keys}
      </p>
      {rows.length > 0 && arranged.length === 0 && (
        <EmptyState
          title={uiText.table.nothingFound}
          action={<Button onPress={() => setFilter('')}>{uiText.table.clearFilter}</Button>}
        />
      )}
      {arranged.length > limit && (
        <div className="table-more">
          <Button onPress={() => setLimit(limit + pageSize)}>
            {uiText.table.showMore(integer(Math.min(pageSize, arranged.length - limit)))}
          </Button>
        </div>
      )}
    </div>
  )
}

function columnText<Row>(column: Column<Row>, row: Row): string {
  if (column.filterText) return column.filterText(row)
  const value = column.sortValue?.(row)
  return typeof value === 'string' ? value : ''
}

interface HeaderProps<Row> {
  column: Column<Row>
  sort: SortState | undefined
  onSort: (sort: SortState) => void
}

function HeaderCell<Row>({ column, sort, onSort }: HeaderProps<Row>) {
  const mine = sort?.column === column.id
  const Icon = !mine ? ChevronsUpDown : sort.descending ? ArrowDown : ArrowUp
  return (
    <th
      scope="col"
      role="columnheader"
      className={column.numeric ? 'number' : undefined}
      style={column.width ? { width: column.width } : undefined}
      aria-sort={
        column.sortValue ? (mine ? (sort.descending ? 'descending' : 'ascending') : 'none') : undefined
      }
    >
      {column.sortValue ? (
        <button
          type="button"
          className="sort-button"
          data-sorted={mine || undefined}
          onClick={() => onSort({ column: column.id, descending: mine ? !sort.descending : false })}
        >
          {column.label}
          <Icon className="icon" aria-hidden />
        </button>
      ) : (
        column.label
      )}
    </th>
  )
}
