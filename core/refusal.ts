/** One thing that is wrong: a stable code, a French sentence that names the rule and the remedy, and the place. */
export type Problem = {
  code: string
  message: string
  /** Line, XPath, file name inside an archive, field… as a person would look for it. Empty when the whole is meant. */
  where: string
  level: 'error' | 'warning'
}

export type RefusalFamily = 'invalid' | 'notFound' | 'impossible' | 'forbidden' | 'conflict' | 'needsReason'

/**
 * What a rule or a reader answers when it says no. `message` is the French sentence shown to the person:
 * what is wrong, where, and what to do. `needsReason` means: allowed once a typed reason is given (WARN rules).
 */
export class Refusal extends Error {
  readonly code: string
  readonly family: RefusalFamily
  readonly where: string
  readonly data: Readonly<Record<string, unknown>>
  readonly problems: readonly Problem[]

  constructor(
    code: string,
    message: string,
    options: {
      family?: RefusalFamily
      where?: string
      data?: Record<string, unknown>
      problems?: Problem[]
    } = {},
  ) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.family = options.family ?? 'invalid'
    this.where = options.where ?? ''
    this.data = options.data ?? {}
    this.problems = options.problems ?? [{ code, message, where: this.where, level: 'error' }]
  }
}

/** A problem that blocks. */
export const fault = (code: string, message: string, where = ''): Problem => ({
  code,
  message,
  where,
  level: 'error',
})

/** A problem that is told and does not block. */
export const warning = (code: string, message: string, where = ''): Problem => ({
  code,
  message,
  where,
  level: 'warning',
})

/** True when no problem blocks. */
export const isClean = (problems: readonly Problem[]): boolean => problems.every((p) => p.level !== 'error')
