import { count, longDate, longDateTime, money, shortDate, shortDateTime } from './format.ts'

/** An amount, right-aligned figures. Takes a decimal string, euros, or cents as bigint. */
export function Money({ value }: { value: string | number | bigint }) {
  return <span className="amount">{money(value)}</span>
}

interface DateTextProps {
  /** ISO day or instant. */
  value: string
  /** Short form for tables. */
  short?: boolean | undefined
  timeZone?: string | undefined
}

/** A date in words, machine-readable behind. Shows the hour when the value is an instant. */
export function DateText({ value, short = false, timeZone }: DateTextProps) {
  const day = value.length === 10
  const write = day ? (short ? shortDate : longDate) : short ? shortDateTime : longDateTime
  return <time dateTime={value}>{write(value, timeZone)}</time>
}

/** A number and its noun, agreeing: "2 actes". */
export function Count({ n, one, many }: { n: number; one: string; many?: string | undefined }) {
  return <span>{count(n, one, many)}</span>
}
