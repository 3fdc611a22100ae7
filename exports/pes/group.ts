import type { Problem } from '../../core/refusal.ts'

const SHOWN = 5

/**
 * Groups what is said several times: one problem per code and message, whose place lists the first lines and the count.
 * A volume flow can repeat one fault hundreds of times; the person needs to read it once.
 */
export function groupProblems(problems: readonly Problem[]): Problem[] {
  const groups = new Map<string, Problem[]>()
  for (const problem of problems) {
    const key = `${problem.level} ${problem.code} ${problem.message}`
    const group = groups.get(key)
    if (group) group.push(problem)
    else groups.set(key, [problem])
  }
  return [...groups.values()].map((group) => {
    const [first] = group
    if (group.length === 1) return first!
    const places = [...new Set(group.map((p) => p.where.replace(/^lignes? /, '')).filter(Boolean))]
    const shown = places.slice(0, SHOWN).join(', ')
    const rest = places.length > SHOWN ? `… (${group.length} fois)` : ''
    return { ...first!, where: shown ? `lignes ${shown}${rest}` : '' }
  })
}
