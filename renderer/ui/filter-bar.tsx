import { integer } from './format.ts'

export interface FilterChoice {
  id: string
  label: string
  /** How many rows it keeps. */
  count?: number | undefined
}

interface FilterBarProps {
  /** What is narrowed: "Montrer les actes". */
  label: string
  items: readonly FilterChoice[]
  chosen: string
  onChoose: (id: string) => void
}

/** A few ways to narrow a list, all visible with what they hold; one is always pressed. */
export function FilterBar({ label, items, chosen, onChoose }: FilterBarProps) {
  return (
    <fieldset className="filter-bar">
      <legend className="visually-hidden">{label}</legend>
      {items.map((f) => (
        <button
          key={f.id}
          type="button"
          className="filter-choice"
          aria-pressed={f.id === chosen}
          onClick={() => onChoose(f.id)}
        >
          {f.label}
          {f.count !== undefined && <span className="filter-count">{integer(f.count)}</span>}
        </button>
      ))}
    </fieldset>
  )
}
