import { routes } from '../../contracts/routes.ts'
import { installText as words } from '../text/frame-install.ts'
import type { FieldProblem } from '../ui/field.tsx'

/** The form before anything is typed. */
export const noAnswers = {
  name: '',
  shortName: '',
  siret: '',
  department: '',
  arrondissement: '',
  population: '',
  street: '',
  postalCode: '',
  city: '',
  meetingPlace: '',
  email: '',
  relayPrefix: '',
  adminName: '',
  adminLogin: '',
  password: '',
}
export type Answers = typeof noAnswers

/** Date of the ministry classification proposed to a new commune; changed later on the page « Collectivité ». */
const CLASSIFICATION_IN_FORCE = '2017-12-08'
/** A commune that has not been told its relay's identifier keeps this until it connects one. */
const NO_RELAY = 'XXX'

/** « 45 » and « 1 » are typed « 045 », « 001 » in ACTES; overseas (974) and Corsica (2A) keep their form. */
function threeCharacters(department: string): string {
  const typed = department.trim().toUpperCase()
  return typed === '' ? '' : typed.padStart(3, '0')
}

/** What is sent to the hub. */
export function installBody(a: Answers, alsaceMoselle: boolean) {
  const siret = a.siret.replace(/\s/g, '')
  return {
    authority: {
      name: a.name.trim(),
      shortName: a.shortName.trim() || a.city.trim(),
      siren: siret.slice(0, 9),
      siret,
      department: threeCharacters(a.department),
      arrondissement: a.arrondissement.trim(),
      natureCode: '31',
      populationAtRenewal: Number(a.population.replace(/\s/g, '')),
      timeZone: 'Europe/Paris',
      alsaceMoselle,
      publicationMode: 'electronic' as const,
      address: { street: a.street.trim(), postalCode: a.postalCode.trim(), city: a.city.trim() },
      meetingPlace: a.meetingPlace.trim(),
      email: a.email.trim(),
      relayPrefix: a.relayPrefix.trim() || NO_RELAY,
      classificationDate: CLASSIFICATION_IN_FORCE,
    },
    admin: { login: a.adminLogin.trim(), displayName: a.adminName.trim(), password: a.password },
  }
}

/** Luhn's check, as every SIRET passes it (the post office aside). */
function luhn(digits: string): boolean {
  let sum = 0
  for (const [i, c] of [...digits].reverse().entries()) {
    const d = Number(c) * (i % 2 === 1 ? 2 : 1)
    sum += d > 9 ? d - 9 : d
  }
  return sum % 10 === 0
}

const fieldOfPath: Record<string, keyof Answers> = {
  'authority.name': 'name',
  'authority.shortName': 'city',
  'authority.siren': 'siret',
  'authority.siret': 'siret',
  'authority.department': 'department',
  'authority.arrondissement': 'arrondissement',
  'authority.populationAtRenewal': 'population',
  'authority.email': 'email',
  'authority.relayPrefix': 'relayPrefix',
  'admin.login': 'adminLogin',
  'admin.displayName': 'adminName',
  'admin.password': 'password',
}

/** What is missing or not readable in the form; the contract's own schema judges, our words say it. */
export function installProblems(a: Answers, alsaceMoselle = false): FieldProblem[] {
  const found: FieldProblem[] = []
  const parsed = routes.setupInstall.body.safeParse(installBody(a, alsaceMoselle))
  for (const issue of parsed.error?.issues ?? []) {
    const field = fieldOfPath[issue.path.slice(0, 2).join('.')]
    if (field && !found.some((p) => p.field === field)) found.push({ field, message: words.problems[field] })
  }
  const siret = a.siret.replace(/\s/g, '')
  if (/^\d{14}$/.test(siret) && !luhn(siret)) found.push({ field: 'siret', message: words.siretWrong })
  for (const field of ['street', 'postalCode', 'city', 'meetingPlace'] as const)
    if (a[field].trim() === '' && !found.some((p) => p.field === field))
      found.push({ field, message: words.problems[field] })
  const order = Object.keys(noAnswers)
  return found.sort((x, y) => order.indexOf(x.field ?? '') - order.indexOf(y.field ?? ''))
}
