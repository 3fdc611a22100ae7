import type { pdfText } from '../../text/pdf.ts'

export type PdfProblem = keyof typeof pdfText.problems

/** Which of our sentences fits an error of PDF.js (recognised by its name and HTTP status). */
export function pdfProblem(error: unknown): PdfProblem {
  const { name, status } = (typeof error === 'object' && error !== null ? error : {}) as Record<
    string,
    unknown
  >
  if (name === 'PasswordException') return 'password'
  if (name === 'InvalidPDFException' || name === 'FormatError') return 'broken'
  if (status === 401 || status === 403) return 'forbidden'
  if (status === 404 || status === 410 || name === 'MissingPDFException') return 'missing'
  return 'network'
}
