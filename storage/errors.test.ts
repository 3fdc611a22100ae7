import { describe, expect, it } from 'vitest'
import { Refusal } from '../core/refusal.ts'
import { isUniqueViolation, nameError } from './errors.ts'

const coded = (code: string) => Object.assign(new Error('engine words'), { code })

describe('troubles of the engines and of the disk', () => {
  it.each([
    ['SQLITE_CORRUPT_INDEX', 'storage.corrupt'],
    ['SQLITE_NOTADB', 'storage.corrupt'],
    ['XX001', 'storage.corrupt'],
    ['SQLITE_READONLY_DBMOVED', 'storage.readOnly'],
    ['EROFS', 'storage.readOnly'],
    ['EACCES', 'storage.readOnly'],
    ['25006', 'storage.readOnly'],
    ['SQLITE_FULL', 'storage.diskFull'],
    ['ENOSPC', 'storage.diskFull'],
    ['53100', 'storage.diskFull'],
    ['SQLITE_IOERR_FSYNC', 'storage.diskFailure'],
    ['SQLITE_CANTOPEN', 'storage.unopenable'],
    ['SQLITE_BUSY_SNAPSHOT', 'storage.busy'],
    ['55P03', 'storage.busy'],
    ['08006', 'storage.unreachable'],
    ['57P01', 'storage.unreachable'],
    ['ECONNREFUSED', 'storage.unreachable'],
    ['28P01', 'storage.denied'],
  ])('%s is %s', (code, name) => {
    const cause = coded(code)
    const named = nameError(cause, 'echarpe.db')
    expect(named).toBeInstanceOf(Refusal)
    expect(named).toMatchObject({ code: name, where: 'echarpe.db', cause, data: { engineCode: code } })
    expect((named as Refusal).message).toMatch(/^[A-ZÉ].*[a-zé]\.$/)
    expect((named as Refusal).message).not.toContain('engine words')
  })

  it('are known by their words when the client gives no code', () => {
    expect(nameError(new Error('Connection terminated unexpectedly'))).toMatchObject({
      code: 'storage.unreachable',
    })
  })

  it('leaves alone what it does not know, and what already has a name', () => {
    const unknown = [
      new Error('a bug'),
      coded('23503'),
      coded('0800'),
      coded('SQLITE_CONSTRAINT_CHECK'),
      'text',
      null,
    ]
    for (const error of unknown) expect(nameError(error)).toBe(error)
    const refusal = new Refusal('x', 'y')
    expect(nameError(refusal)).toBe(refusal)
  })

  it('knows a double on both engines', () => {
    expect(
      ['23505', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'].map((c) =>
        isUniqueViolation(coded(c)),
      ),
    ).toEqual([true, true, true])
    expect([coded('23503'), new Error('unique'), null].some(isUniqueViolation)).toBe(false)
  })
})
