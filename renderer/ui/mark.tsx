/** The mark: a plain sash worn from shoulder to hip, with its knot. One ink, no State colours. */
export function Mark({ size = 28, title }: { size?: number; title?: string }) {
  return (
    <svg
      className="mark"
      width={size}
      height={size}
      viewBox="0 0 32 32"
      {...(title ? { role: 'img', 'aria-label': title } : { 'aria-hidden': true })}
    >
      <path className="mark-body" d="M6 31V15a10 10 0 0 1 20 0v16z" />
      <path className="mark-sash" d="M20.2 6.2 25 10 11.2 25.4 6 20.6z" />
      <path className="mark-thread" d="M22.6 8.1 8.6 23" />
      <path className="mark-sash" d="M6 20.6l5.2 4.8-.6 5.6H8l.2-3L6 29z" />
    </svg>
  )
}
