import type { Role } from './model.ts'

/** What a signed-in person may do. Every HTTP route names one of these, or 'public' / 'signedIn'. */
export const permissions = {
  'sitting.read': ['assemblyOffice', 'councillor', 'mayor', 'secretary', 'finance', 'admin'],
  'sitting.prepare': ['assemblyOffice', 'mayor', 'secretary'],
  'sitting.convoke': ['assemblyOffice', 'mayor'],
  'sitting.run': ['assemblyOffice', 'mayor', 'secretary'],
  'pack.read': ['councillor', 'mayor', 'assemblyOffice', 'secretary'],
  'member.answer': ['councillor', 'mayor'],
  'act.read': ['assemblyOffice', 'mayor', 'secretary', 'finance', 'admin', 'councillor'],
  'act.prepare': ['assemblyOffice', 'secretary'],
  'folder.read': ['assemblyOffice', 'mayor', 'secretary', 'finance', 'councillor'],
  'folder.sign': ['mayor', 'secretary', 'councillor', 'finance'],
  'finance.read': ['finance', 'mayor', 'assemblyOffice', 'secretary'],
  'finance.prepare': ['finance'],
  'transmission.read': ['assemblyOffice', 'finance', 'mayor', 'secretary', 'admin'],
  'transmission.send': ['assemblyOffice', 'finance'],
  'publication.publish': ['assemblyOffice'],
  'authority.read': ['assemblyOffice', 'mayor', 'secretary', 'finance', 'admin'],
  'authority.manage': ['admin'],
  'journal.read': ['assemblyOffice', 'mayor', 'secretary', 'admin'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

/** True when one of the roles carries the permission. */
export const may = (roles: readonly Role[], permission: Permission): boolean =>
  roles.some((r) => (permissions[permission] as readonly Role[]).includes(r))
