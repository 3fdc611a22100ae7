import type { BudgetContent, SectionView, SideView } from '../../../contracts/finance.ts'
import { financeText } from '../../text/finance.ts'
import { BarPair } from '../../ui/bar-pair.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Section } from '../../ui/page.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { treemap } from './treemap.ts'

const words = financeText.budget

/** A budget as people look at it: the balance first, then where the money goes, each picture with its table. */
export function BudgetView({ content }: { content: BudgetContent }) {
  const tone = content.seal === 'valid' ? 'done' : content.seal === 'broken' ? 'danger' : 'neutral'
  return (
    <>
      <Section title={content.title}>
        <FactList
          columns={2}
          facts={[
            { label: words.authority, value: content.authority },
            { label: words.establishment, value: content.establishment },
            { label: words.stage, value: content.stage.label },
            { label: words.exercise, value: content.exercise },
            { label: words.nomenclature, value: content.nomenclature },
            { label: words.measure, value: content.measure },
            {
              label: words.sealLabel,
              value: <StateBadge tone={tone}>{words.seal[content.seal]}</StateBadge>,
            },
            ...content.information.map((i) => ({ label: i.label, value: i.value })),
          ]}
        />
        <BarPair
          title={words.bars(content.title)}
          sections={content.sections.map((s) => ({
            label: s.title,
            expense: s.expense.total.amount,
            income: s.revenue.total.amount,
          }))}
        />
      </Section>
      {content.sections.map((s) => (
        <BudgetSection key={s.section} section={s} />
      ))}
      {content.functions.length > 0 && <Functions functions={content.functions} />}
    </>
  )
}

function BudgetSection({ section }: { section: SectionView }) {
  return (
    <Section title={section.title} lead={section.balance.sentence}>
      <div className="budget-sides">
        <Side side={section.expense} name={`${section.title}, ${section.expense.label.toLowerCase()}`} />
        <Side side={section.revenue} name={`${section.title}, ${section.revenue.label.toLowerCase()}`} />
      </div>
    </Section>
  )
}

function Side({ side, name }: { side: SideView; name: string }) {
  const executed = side.rows.some((r) => r.credits !== undefined)
  const hasOrder = !/^-?0(\.0+)?$/.test(side.ofWhichOrder.amount)
  return (
    <figure className="budget-side" data-direction={side.direction}>
      <figcaption>
        <h3>
          {side.label} : {side.total.text}
        </h3>
        {hasOrder && <span className="soft">{words.ofWhichOrder(side.ofWhichOrder.text)}</span>}
      </figcaption>
      <ul className="chapter-bars" aria-label={name}>
        {side.rows.map((r) => (
          <li key={`${r.code}${r.order}`}>
            <span className="chapter-name">
              <span className="soft">{r.code}</span> {r.label}
              {r.order && <span className="soft"> ({words.order})</span>}
            </span>
            <span className="number">{r.value.text}</span>
            <span className="chapter-track" aria-hidden>
              <span style={{ inlineSize: `${Math.min(100, Math.max(0, r.share))}%` }} />
            </span>
          </li>
        ))}
      </ul>
      <details>
        <summary>
          {words.table}
          <span className="visually-hidden"> : {name}</span>
        </summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than its place scrolls by keyboard */}
        <section className="wide-table" tabIndex={0} aria-label={name}>
          <table className="plain-table">
            <caption className="visually-hidden">{name}</caption>
            <thead>
              <tr>
                <th scope="col">{words.chapter}</th>
                <th scope="col" className="number">
                  {words.amount}
                </th>
                <th scope="col" className="number">
                  {words.share}
                </th>
                {executed && (
                  <>
                    <th scope="col" className="number">
                      {words.credits}
                    </th>
                    <th scope="col" className="number">
                      {words.remaining}
                    </th>
                    <th scope="col" className="number">
                      {words.rate}
                    </th>
                  </>
                )}
              </tr>
            </thead>
            <tbody>
              {side.rows.map((r) => (
                <tr key={`${r.code}${r.order}`}>
                  <th scope="row">
                    {r.code} {r.label}
                  </th>
                  <td className="number">{r.value.text}</td>
                  <td className="number">{words.percent(r.share)}</td>
                  {executed && (
                    <>
                      <td className="number">{r.credits?.text ?? ''}</td>
                      <td className="number">{r.remaining?.text ?? ''}</td>
                      <td className="number">{r.rate === undefined ? '' : words.percent(r.rate)}</td>
                    </>
                  )}
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{side.label}</th>
                <td className="number">{side.total.text}</td>
                <td className="number">{words.percent(100)}</td>
                {executed && (
                  <>
                    <td className="number">{side.credits?.text ?? ''}</td>
                    <td className="number">{side.remaining?.text ?? ''}</td>
                    <td className="number">{side.rate === undefined ? '' : words.percent(side.rate)}</td>
                  </>
                )}
              </tr>
            </tfoot>
          </table>
        </section>
      </details>
    </figure>
  )
}

const MAP = { width: 100, height: 44 }

function Functions({ functions }: { functions: BudgetContent['functions'] }) {
  const boxes = treemap(
    functions.map((f) => ({ id: f.code, value: Math.max(0, f.share) })),
    MAP.width,
    MAP.height,
  )
  return (
    <Section title={words.functions} lead={words.functionsLead}>
      <figure className="functions">
        <div className="treemap" aria-hidden>
          {boxes.map((b) => {
            const f = functions.find((x) => x.code === b.id)
            if (!f) return null
            const fits = b.width > 14 && b.height > 9
            return (
              <div
                key={b.id}
                className="treemap-box"
                title={`${f.label} : ${f.expense.text}`}
                style={{
                  insetInlineStart: `${(b.x / MAP.width) * 100}%`,
                  top: `${(b.y / MAP.height) * 100}%`,
                  width: `${(b.width / MAP.width) * 100}%`,
                  height: `${(b.height / MAP.height) * 100}%`,
                }}
              >
                {fits && (
                  <>
                    <span className="treemap-label">{f.label}</span>
                    <span>{f.expense.text}</span>
                    <span>{words.percent(f.share)}</span>
                  </>
                )}
              </div>
            )
          })}
        </div>
        <details>
          <summary>
            {words.table}
            <span className="visually-hidden"> : {words.functions}</span>
          </summary>
          <table className="plain-table">
            <caption className="visually-hidden">{words.functions}</caption>
            <thead>
              <tr>
                <th scope="col">{words.function}</th>
                <th scope="col" className="number">
                  {words.expense}
                </th>
                <th scope="col" className="number">
                  {words.revenue}
                </th>
                <th scope="col" className="number">
                  {words.share}
                </th>
              </tr>
            </thead>
            <tbody>
              {functions.map((f) => (
                <tr key={f.code}>
                  <th scope="row">
                    {f.code} {f.label}
                  </th>
                  <td className="number">{f.expense.text}</td>
                  <td className="number">{f.revenue.text}</td>
                  <td className="number">{words.percent(f.share)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      </figure>
    </Section>
  )
}
