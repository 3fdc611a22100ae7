import { describe, expect, it } from 'vitest'
import { routes } from '../../contracts/routes.ts'
import { installBody, installProblems, noAnswers } from './install.ts'

// An invented commune; its SIRET only has a right check digit.
const good = {
  ...noAnswers,
  name: 'Ville de Démoville',
  siret: '200 000 008 00009',
  department: '2a',
  arrondissement: '1',
  population: '4 812',
  street: '1 place de l’Hôtel-de-Ville',
  postalCode: '99100',
  city: 'Démoville',
  meetingPlace: 'Salle du conseil',
  email: 'mairie@demoville.example',
  adminName: 'S. Agent',
  adminLogin: 'admin',
  password: 'une longue phrase',
}
const fields = (part: Partial<typeof good>) => installProblems({ ...good, ...part }).map((p) => p.field)

describe('installing a commune', () => {
  it('takes a filled form, and the contract takes what it sends', () => {
    expect(installProblems(good)).toEqual([])
    const body = routes.setupInstall.body.parse(installBody(good, false))
    expect(body.authority).toMatchObject({
      siren: '200000008',
      department: '02A',
      shortName: 'Démoville',
      populationAtRenewal: 4812,
    })
  })
  it('asks for everything that is missing, in the order of the form, and not for what is optional', () => {
    expect(installProblems(noAnswers).map((p) => p.field)).toEqual([
      'name',
      'siret',
      'department',
      'arrondissement',
      'population',
      'street',
      'postalCode',
      'city',
      'meetingPlace',
      'email',
      'adminName',
      'adminLogin',
      'password',
    ])
  })
  it('notices a mistyped SIRET, a wrong department and a short password', () => {
    expect(fields({ siret: '20000000800000' })).toEqual(['siret'])
    expect(fields({ siret: '2000000080000' })).toEqual(['siret'])
    expect(fields({ department: '2C' })).toEqual(['department'])
    expect(fields({ population: 'beaucoup' })).toEqual(['population'])
    expect(fields({ password: 'trop court' })).toEqual(['password'])
    expect(fields({ relayPrefix: 'AB' })).toEqual(['relayPrefix'])
  })
})
