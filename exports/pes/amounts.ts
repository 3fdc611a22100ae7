import { parseAmount } from '../budget/amount.ts'
import type { DeclaredAmount } from './model.ts'
import { at, type PesNode } from './tree.ts'

/** An amount as written, exact to the cent; undefined when the element is missing. */
export function amountAt(node: PesNode | undefined, name: string): DeclaredAmount | undefined {
  const found = at(node, name)
  if (!found) return undefined
  const text = found.value?.trim() ?? ''
  return { text, line: found.line, cents: parseAmount(text) }
}

/** The same for a mandatory amount: when missing, an empty text at `line`, which the rules report. */
export const requiredAmount = (node: PesNode | undefined, name: string, line: number): DeclaredAmount =>
  amountAt(node, name) ?? { text: '', line, cents: null }

/** Numbers of the format are decimals: "0042" and "42" are the same. */
export const withoutZeros = (text: string): string => text.replace(/^0+(?=\d)/, '')
