import { Refusal } from '../core/refusal.ts'

type Named = { code: string; message: string; family: 'impossible' | 'conflict' }

const corrupt: Named = {
  code: 'storage.corrupt',
  message:
    'La base de données est abîmée ou n’est pas une base d’Écharpe. Arrêtez le programme et restaurez la dernière sauvegarde.',
  family: 'impossible',
}
const readOnly: Named = {
  code: 'storage.readOnly',
  message:
    'La base de données ou le dossier des documents ne peut pas être écrit. Vérifiez les droits du dossier et que le disque n’est pas en lecture seule.',
  family: 'impossible',
}
const unopenable: Named = {
  code: 'storage.unopenable',
  message:
    'Le fichier de la base de données ne peut pas être ouvert ou créé. Vérifiez le chemin et les droits du dossier.',
  family: 'impossible',
}
const diskFull: Named = {
  code: 'storage.diskFull',
  message: 'Le disque est plein : rien n’a été enregistré. Libérez de la place, puis recommencez.',
  family: 'impossible',
}
const diskFailure: Named = {
  code: 'storage.diskFailure',
  message:
    'Le disque a refusé une lecture ou une écriture. Vérifiez le disque et la dernière sauvegarde avant de continuer.',
  family: 'impossible',
}
const busy: Named = {
  code: 'storage.busy',
  message:
    'La base de données est occupée par une autre opération. Rien n’a été enregistré ; recommencez dans un instant.',
  family: 'conflict',
}
const unreachable: Named = {
  code: 'storage.unreachable',
  message:
    'Le serveur de base de données ne répond pas. Vérifiez qu’il est démarré et que son adresse est juste.',
  family: 'impossible',
}
const denied: Named = {
  code: 'storage.denied',
  message:
    'Le serveur de base de données refuse la connexion. Vérifiez le nom de la base, le compte, son mot de passe et ses droits.',
  family: 'impossible',
}

const exact: Readonly<Record<string, Named>> = {
  SQLITE_NOTADB: corrupt,
  SQLITE_FULL: diskFull,
  ENOSPC: diskFull,
  EDQUOT: diskFull,
  EROFS: readOnly,
  EACCES: readOnly,
  EPERM: readOnly,
  EIO: diskFailure,
  ECONNREFUSED: unreachable,
  ECONNRESET: unreachable,
  ETIMEDOUT: unreachable,
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  // PostgreSQL, appendix A of its manual
  '25006': readOnly,
  '53100': diskFull,
  '53300': busy,
  '55P03': busy,
  '40001': busy,
  '40P01': busy,
  '57P01': unreachable,
  '57P02': unreachable,
  '57P03': unreachable,
  '3D000': denied,
  '28000': denied,
  '28P01': denied,
  '42501': denied,
  XX001: corrupt,
  XX002: corrupt,
}

// What the pg client says, without a code, of a connection that ended under it.
const pgConnectionLost =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/

const families: readonly (readonly [string, Named])[] = [
  ['SQLITE_CORRUPT', corrupt],
  ['SQLITE_READONLY', readOnly],
  ['SQLITE_CANTOPEN', unopenable],
  ['SQLITE_IOERR', diskFailure],
  ['SQLITE_BUSY', busy],
  ['SQLITE_LOCKED', busy],
  ['08', unreachable],
]

/** The engine's or the system's code of an error (`SQLITE_FULL`, `23505`, `ENOSPC`…), or an empty text. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}

/**
 * Gives an engine or disk error its name and its French sentence (a `Refusal` whose `cause` is the original and whose
 * `where` is `place`, a file or a server). Anything it does not know comes back unchanged.
 */
export function nameError(error: unknown, place = ''): unknown {
  if (error instanceof Refusal) return error
  const code = errorCode(error)
  const pgClass = /^[0-9A-Z]{5}$/.test(code)
  const lost = error instanceof Error && code === '' && pgConnectionLost.test(error.message)
  const found = lost
    ? unreachable
    : (exact[code] ??
      families.find(([p]) => (p === '08' ? pgClass && code.startsWith(p) : code.startsWith(p)))?.[1])
  if (!found) return error
  const refusal = new Refusal(found.code, found.message, {
    family: found.family,
    where: place,
    data: { engineCode: code },
  })
  refusal.cause = error
  return refusal
}

/** True when a unique or primary key refused a row, on either engine. */
export function isUniqueViolation(error: unknown): boolean {
  const code = errorCode(error)
  return code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
}
