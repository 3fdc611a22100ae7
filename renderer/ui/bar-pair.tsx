import { uiText } from '../text/ui.ts'
import { money } from './format.ts'

export interface BarPairSection {
  label: string
  /** Decimal strings in euros, exact. */
  expense: string
  income: string
}

interface BarPairProps {
  /** "Budget primitif 2027 de la ville". */
  title: string
  sections: readonly BarPairSection[]
}

/** Exact cents of a decimal string ("12345.60" gives 1234560n); more than two decimals are rounded half up. */
export function cents(amount: string): bigint {
  const found = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(amount.trim())
  if (!found) return 0n
  const decimals = `${found[3] ?? ''}000`
  const value = BigInt(found[2]!) * 100n + BigInt(decimals.slice(0, 2)) + (decimals[2]! >= '5' ? 1n : 0n)
  return found[1] === '-' ? -value : value
}

/** The sentence under the bars: equal, or which side is larger and by how much. */
export function balanceSentence(expense: bigint, income: bigint): string {
  if (expense === income) return uiText.bars.balanced
  return income > expense
    ? uiText.bars.surplus(money(income - expense))
    : uiText.bars.deficit(money(expense - income))
}

/** Dépenses and recettes mirrored around an axis, the balance in words, the figures in a table below. */
export function BarPair({ title, sections }: BarPairProps) {
  const rows = sections.map((s) => ({ ...s, out: cents(s.expense), in: cents(s.income) }))
  const largest = rows.reduce((m, r) => [m, r.out, r.in].reduce((a, b) => (b > a ? b : a)), 1n)
  const share = (v: bigint) => (v <= 0n ? 0 : Number((v * 10_000n) / largest) / 100)
  return (
    <figure className="bar-pair">
      <figcaption className="bar-title">{title}</figcaption>
      <div className="bar-legend" aria-hidden>
        <span>{uiText.bars.expense}</span>
        <span>{uiText.bars.income}</span>
      </div>
      {rows.map((r) => (
        <div key={r.label} className="bar-row">
          <h3 className="bar-label">{r.label}</h3>
          <div className="bar-amounts">
            <span>
              <span className="visually-hidden">{uiText.bars.expense} : </span>
              {money(r.expense)}
            </span>
            <span>
              <span className="visually-hidden">{uiText.bars.income} : </span>
              {money(r.income)}
            </span>
          </div>
          <svg className="bars" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">
            <rect className="bar-expense" x={100 - share(r.out)} y={0} width={share(r.out)} height={10} />
            <rect className="bar-income" x={100} y={0} width={share(r.in)} height={10} />
          </svg>
          <p className="bar-balance">{balanceSentence(r.out, r.in)}</p>
        </div>
      ))}
      <details className="bar-table">
        <summary>{uiText.bars.table}</summary>
        <table className="plain-table">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{uiText.bars.section}</th>
              <th scope="col" className="number">
                {uiText.bars.expense}
              </th>
              <th scope="col" className="number">
                {uiText.bars.income}
              </th>
              <th scope="col" className="number">
                {uiText.bars.balance}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((r) => (
              <tr key={r.label}>
                <th scope="row">{r.label}</th>
                <td className="number">{money(r.expense)}</td>
                <td className="number">{money(r.income)}</td>
                <td className="number">{money(r.in - r.out)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
