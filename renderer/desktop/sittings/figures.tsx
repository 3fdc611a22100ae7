interface Figure {
  value: number | string
  label: string
  tone?: 'done' | 'danger' | undefined
}

/** A few large figures in a line, each with its word. */
export function Figures({ figures, label }: { figures: readonly Figure[]; label: string }) {
  return (
    <dl className="figures" aria-label={label}>
      {figures.map((f) => (
        <div key={f.label} data-tone={f.tone}>
          <dt>{f.label}</dt>
          <dd>{f.value}</dd>
        </div>
      ))}
    </dl>
  )
}
