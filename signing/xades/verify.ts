import { fault, type Problem, SigningError, toProblem, warning } from '../types.ts'
import { elementsById } from './attributes.ts'
import { type PesLayout, readLayout } from './pes-layout.ts'
import type { BordereauVerdict, SignatureReport, XadesReport } from './report.ts'
import { openSource, place, type SourceElement, type XmlSource } from './source.ts'
import { type VerifyOptions, verifySignature } from './verify-signature.ts'

/**
 * Verifies every signature of a PES_Aller (pes.md §8.8) and says, bordereau by bordereau, what is signed and by whom.
 * Never throws on a bad file: what cannot be read is told as a problem. Revocation is not looked at. `now` is injected.
 */
export function verifyXades(bytes: Uint8Array, options: VerifyOptions): XadesReport {
  try {
    const source = openSource(bytes)
    return verifySource(source, readLayout(source), options)
  } catch (error) {
    if (!(error instanceof SigningError)) throw error
    return { ok: false, scope: 'none', signatures: [], bordereaux: [], problems: [toProblem(error)] }
  }
}

function verifySource(source: XmlSource, layout: PesLayout, options: VerifyOptions): XadesReport {
  const byId = elementsById(source)
  const where = (element: SourceElement) => place(source.text, element.start)
  const total = layout.rootSignatures.length + layout.bordereaux.reduce((n, b) => n + b.signatures.length, 0)
  const dematerialised = Object.values(layout.dematerialised)
  const business = total === 1 && dematerialised.length > 0 && dematerialised.every(Boolean)
  const rootReports = layout.rootSignatures.map((element) =>
    verifySignature(
      source,
      byId,
      element,
      {
        parent: layout.root,
        parentId: layout.rootId ?? '',
        target: 'flux entier',
        kind: business ? 'flow' : 'technical',
      },
      options,
    ),
  )
  const bordereaux = layout.bordereaux.map((b) => ({
    ...b,
    reports: b.signatures.map((element) =>
      verifySignature(
        source,
        byId,
        element,
        {
          parent: b.element,
          parentId: b.id ?? '',
          target: b.label,
          kind: 'bordereau',
        },
        options,
      ),
    ),
  }))
  const signatures = [...rootReports, ...bordereaux.flatMap((b) => b.reports)]
  const problems: Problem[] = signatures.flatMap(problemsOf)
  for (const element of layout.misplaced)
    problems.push(
      fault(
        'xades-misplaced',
        'Une signature se trouve ailleurs qu’à la fin d’un bordereau ou du flux.',
        where(element),
      ),
    )
  const coverage = rootReports.length > 0
  const flowSound = coverage && rootReports.every((r) => r.verdict !== 'invalid')
  const verdicts = bordereaux.map((b): BordereauVerdict => {
    const sound = b.reports.length > 0 && b.reports.every((r) => r.verdict !== 'invalid')
    const state = sound
      ? 'signed'
      : b.reports.length > 0
        ? 'invalid'
        : flowSound
          ? 'coveredByFlow'
          : coverage
            ? 'invalid'
            : 'unsigned'
    return { domain: b.domain, id: b.id ?? '', label: b.label, where: where(b.element), state }
  })
  problems.push(...doubled(layout, where), ...againstFlag(layout, total, where))
  return {
    ok: problems.every((p) => p.level !== 'error'),
    scope: coverage ? 'flow' : total > 0 ? 'bordereau' : 'none',
    signatures,
    bordereaux: verdicts,
    problems,
  }
}

const problemsOf = (report: SignatureReport): Problem[] =>
  report.checks
    .filter((c) => c.outcome !== 'ok' && c.rule !== 'xades-revocation')
    .map((c) => ({
      code: c.rule,
      message: `Signature du ${report.target} : ${c.message}`,
      where: report.where,
      level: c.outcome === 'failed' ? 'error' : 'warning',
    }))

// One signature per element, no co-signature (DGFiP policy §2.1).
function doubled(layout: PesLayout, where: (e: SourceElement) => string): Problem[] {
  return [layout.rootSignatures, ...layout.bordereaux.map((b) => b.signatures)].flatMap((signatures) =>
    signatures[1]
      ? [
          fault(
            'xades-twice',
            'Plusieurs signatures au même endroit : une seule est admise.',
            where(signatures[1]),
          ),
        ]
      : [],
  )
}

// InfoDematerialisee against the signatures present (pes.md §8.5).
function againstFlag(layout: PesLayout, total: number, where: (e: SourceElement) => string): Problem[] {
  const problems: Problem[] = []
  const flowSigned = layout.rootSignatures.length > 0
  for (const b of layout.bordereaux) {
    if (!layout.dematerialised[b.domain] || flowSigned || b.signatures.length > 0) continue
    problems.push(
      fault(
        'xades-bordereau-unsigned',
        `Le ${b.label} n’est pas signé alors que le flux est annoncé dématérialisé (InfoDematerialisee = 1). Signez-le avant l’envoi.`,
        where(b.element),
      ),
    )
  }
  for (const domain of ['depense', 'recette'] as const) {
    if (layout.dematerialised[domain] !== false) continue
    if (!flowSigned && !layout.bordereaux.some((b) => b.domain === domain && b.signatures.length > 0))
      continue
    problems.push(
      warning(
        'xades-not-dematerialised',
        `Le flux est signé mais InfoDematerialisee vaut 0 (${domain === 'depense' ? 'dépense' : 'recette'}) : la DGFiP peut le rejeter ou n’y voir qu’une signature technique.`,
        where(layout.root),
      ),
    )
  }
  if (flowSigned && total > 1)
    problems.push(
      warning(
        'xades-flow-technical',
        'Le flux porte une signature globale et d’autres signatures : la globale n’a qu’une valeur technique.',
        where(layout.root),
      ),
    )
  // Without a global signature, one signed bordereau commits the others: the gateway refuses the flow.
  if (!flowSigned && total > 0)
    for (const b of layout.bordereaux)
      if (b.signatures.length === 0 && !layout.dematerialised[b.domain])
        problems.push(
          fault(
            'xades-bordereau-unsigned',
            `Le ${b.label} n’est pas signé alors que d’autres bordereaux le sont.`,
            where(b.element),
          ),
        )
  return problems
}
