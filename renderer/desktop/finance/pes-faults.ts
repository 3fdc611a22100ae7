import type { PesContent } from '../../../contracts/finance.ts'
import type { FinanceFile } from '../../../core/finance/model.ts'

export type Problem = FinanceFile['problems'][number]

/** Line of the file that a problem names (« ligne 55 »), or null. */
export function lineOf(problem: Problem): number | null {
  const found = /ligne (\d+)/i.exec(problem.where)
  return found ? Number(found[1]) : null
}

/**
 * The problems of each mandat or titre, by the line of the file where it starts: a problem belongs to the last one that
 * starts at or before its line. Those of the heading belong to none.
 */
export function problemsByPiece(content: PesContent, problems: readonly Problem[]): Map<number, Problem[]> {
  const starts = content.bordereaux.flatMap((b) => b.pieces.map((p) => p.line)).sort((a, b) => a - b)
  const map = new Map<number, Problem[]>()
  for (const problem of problems) {
    const line = lineOf(problem)
    const start = line === null ? undefined : starts.findLast((s) => s <= line)
    if (start !== undefined) map.set(start, [...(map.get(start) ?? []), problem])
  }
  return map
}
