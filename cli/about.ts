import { type Problem, Refusal } from '../core/refusal.ts'
import { SigningError } from '../signing/types.ts'

/** Runs a step that concerns one file: a refusal that names no place gets that file as its place. */
export async function about<T>(file: string, step: () => Promise<T> | T): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (error instanceof SigningError && error.where === '')
      throw new SigningError(error.code, error.message, file, { cause: error })
    if (error instanceof Refusal && error.problems.some((p) => p.where === ''))
      throw new Refusal(error.code, error.message, {
        family: error.family,
        where: error.where || file,
        problems: located(error.problems, file),
      })
    throw error
  }
}

/** The same problems, those without a place placed in `file`. */
export const located = (problems: readonly Problem[], file: string): Problem[] =>
  problems.map((p) => (p.where === '' ? { ...p, where: file } : p))

/** French words for what `parseArgs` did not accept; '' when the error is another one. */
export function misusedOption(error: unknown): string {
  if (!(error instanceof TypeError) || !('code' in error)) return ''
  const option = /'(-{1,2}[^' ]*)/.exec(error.message)?.[1] ?? ''
  switch (error.code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return `L’option ${option} n’existe pas.`
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return `L’option ${option} est mal employée : il lui manque une valeur, ou elle n’en prend pas.`
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return 'La commande a un argument de trop.'
    default:
      return ''
  }
}
