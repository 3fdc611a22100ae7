import { expect, it } from 'vitest'
import { pdfProblem } from './problem.ts'

it('finds the sentence of each failure', () => {
  expect(pdfProblem({ name: 'PasswordException' })).toBe('password')
  expect(pdfProblem({ name: 'InvalidPDFException' })).toBe('broken')
  expect(pdfProblem({ name: 'ResponseException', status: 404 })).toBe('missing')
  expect(pdfProblem({ name: 'ResponseException', status: 403 })).toBe('forbidden')
  expect(pdfProblem({ name: 'ResponseException', status: 0 })).toBe('network')
  expect(pdfProblem(undefined)).toBe('network')
})
