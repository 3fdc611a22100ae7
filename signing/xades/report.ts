import type { Problem } from '../types.ts'
import type { Domain } from './pes-layout.ts'

/** One line of a signature report. `unverifiable`: the information needed was not given. */
export type Check = {
  rule: string
  outcome: 'ok' | 'warning' | 'failed' | 'unverifiable'
  message: string
}

export type SignatureReport = {
  id: string
  /** `ligne N` of the ds:Signature. */
  where: string
  /** What it stands in: « bordereau de dépense n° 41 », « flux entier ». */
  target: string
  targetId: string
  /** `technical`: a signature at the root without business value (InfoDematerialisee 0, or several signatures). */
  kind: 'bordereau' | 'flow' | 'technical' | 'misplaced'
  /** The mathematics alone: digests and value are right, over the element shown. Says nothing of profile or trust. */
  integrity: boolean
  verdict: 'valid' | 'validWithWarnings' | 'invalid'
  signer: SignerIdentity | undefined
  role: string
  /** As written in the file. */
  signingTime: string
  city: string
  postalCode: string
  policy: string
  xadesVersion: string
  algorithm: string
  checks: Check[]
}

export type SignerIdentity = {
  subject: string
  issuer: string
  serialNumber: string
  notBefore: string
  notAfter: string
}

export type BordereauVerdict = {
  domain: Domain
  id: string
  label: string
  where: string
  /** `unsigned` is a fault only where `problems` says so. */
  state: 'signed' | 'coveredByFlow' | 'unsigned' | 'invalid'
}

/** Verdict on every signature of a PES_Aller: one per bordereau, never one global tick. */
export type XadesReport = {
  /** No error anywhere; unsigned files are `ok` when nothing announces a signature. */
  ok: boolean
  scope: 'bordereau' | 'flow' | 'none'
  signatures: SignatureReport[]
  bordereaux: BordereauVerdict[]
  problems: Problem[]
}

/** Collects the checks of one signature. */
export type Checklist = {
  checks: Check[]
  require(rule: string, condition: boolean, message: string): boolean
  advise(rule: string, condition: boolean, message: string): boolean
  cannotSay(rule: string, message: string): void
}

/** A new list: `require` notes a failure, `advise` a warning; both give the condition back. */
export function checklist(): Checklist {
  const checks: Check[] = []
  const note = (
    rule: string,
    condition: boolean,
    message: string,
    otherwise: 'failed' | 'warning',
  ): boolean => {
    const same = checks.find((c) => c.rule === rule)
    if (!condition) {
      if (same?.message === message) return condition
      if (same?.outcome === 'ok') checks.splice(checks.indexOf(same), 1)
      checks.push({ rule, outcome: otherwise, message })
    } else if (!same) checks.push({ rule, outcome: 'ok', message: '' })
    return condition
  }
  return {
    checks,
    require: (rule, condition, message) => note(rule, condition, message, 'failed'),
    advise: (rule, condition, message) => note(rule, condition, message, 'warning'),
    cannotSay: (rule, message) => checks.push({ rule, outcome: 'unverifiable', message }),
  }
}
