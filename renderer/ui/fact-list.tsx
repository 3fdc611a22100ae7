import type { ReactNode } from 'react'

export interface Fact {
  label: string
  value: ReactNode
}

/** Facts of an object, name and value; `undefined` values are left out. */
export function FactList({ facts, columns = 1 }: { facts: readonly (Fact | undefined)[]; columns?: 1 | 2 }) {
  return (
    <dl className="fact-list" data-columns={columns}>
      {facts
        .filter((f) => f !== undefined)
        .map((f) => (
          <div key={f.label} className="fact">
            <dt>{f.label}</dt>
            <dd>{f.value}</dd>
          </div>
        ))}
    </dl>
  )
}
