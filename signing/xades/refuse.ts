import { SigningError } from '../types.ts'

/** A refusal of the XAdES engine: stable code, French sentence, place in the file. */
export const refuse = (code: string, message: string, where = ''): SigningError =>
  new SigningError(code, message, where)
