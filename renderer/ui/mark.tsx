import { useId } from 'react'

/** The mark: a seal crossed by a plain sash between two threads. One ink, no State colours. */
export function Mark({ size = 28, title }: { size?: number; title?: string }) {
  const clip = useId()
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label, or hidden where the name stands beside it
    <svg
      className="mark"
      width={size}
      height={size}
      viewBox="0 0 32 32"
      {...(title ? { role: 'img', 'aria-label': title } : { 'aria-hidden': true })}
    >
      <clipPath id={clip}>
        <circle cx="16" cy="16" r="14.4" />
      </clipPath>
      <circle className="mark-seal" cx="16" cy="16" r="14.75" />
      <g clipPath={`url(#${clip})`} transform="rotate(27 16 16)">
        <path className="mark-sash" d="M12.2 -4h7.6v40h-7.6z" />
        <path className="mark-thread" d="M9.6 -4v40M22.4 -4v40" />
      </g>
    </svg>
  )
}
