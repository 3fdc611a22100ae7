import { describe, expect, test } from 'vitest'
import { typeset, typesetAll } from './typography.ts'

const shown = (text: string) => typeset(text).replaceAll('\u00a0', '~').replaceAll('\u202f', '_')

describe('French typography', () => {
  test.each([
    ['Objet : budget', 'Objet~: budget'],
    ['Objet: budget', 'Objet~: budget'],
    ['Vu le code ;', 'Vu le code_;'],
    ['Qui vote?', 'Qui vote_?'],
    ['Vraiment ?!', 'Vraiment_?!'],
    ['une « convention » type', 'une «~convention~» type'],
    ['une «convention» type', 'une «~convention~» type'],
    ['dite "convention cadre".', 'dite «~convention cadre~».'],
    ["l'avis de l'assemblée", 'l’avis de l’assemblée'],
    ["qu'« untel »", 'qu’«~untel~»'],
    ['48 500 €', '48_500~€'],
    ['1 234 567,89 €', '1_234_567,89~€'],
    ['hausse de 3,2 %', 'hausse de 3,2~%'],
    ['à 18 h 30', 'à 18~h~30'],
    ['le 10 décembre 2026', 'le 10~décembre 2026'],
    ['le 1ier mars', 'le 1er~mars'],
    ['la 2ème adjointe, XXème siècle, 1ère', 'la 2e adjointe, XXe siècle, 1re'],
    ['n°12 et n° 13', 'n°~12 et n°~13'],
    ['M. Martin et Mme Aubert', 'M.~Martin et Mme~Aubert'],
    ['art. L. 2121-12 et article R. 2121-7', 'art.~L.~2121-12 et article~R.~2121-7'],
    ['à suivre...', 'à suivre…'],
  ])('%s', (typed, expected) => {
    expect(shown(typed)).toBe(expected)
  })

  test('an address, an hour, a telephone and a year stay as they are', () => {
    const text =
      'https://demoville.example/a?b=c;d https://demoville.example: 18:30 a.b@demoville.example 02 38 00 00 00 2026'
    expect(shown(text)).toBe(text.replace('example: ', 'example~: '))
  })

  test('a lone straight quote and the signs of markup languages are not touched', () => {
    const text = 'un écran de 24", # $ * _ @ < > \\ ` ~ [x] {y} //'
    expect(typeset(text)).toBe(text)
  })

  test('twice is the same as once', () => {
    const text = 'Il dit : "oui" ; le 1ier mars, n°3, M. Untel reçoit 12 500 € !'
    expect(typeset(typeset(text))).toBe(typeset(text))
  })

  test('decomposed accents are composed', () => {
    expect(typeset('de\u0301libe\u0301ration')).toBe('délibération')
  })

  test('identifiers are never changed', () => {
    const value = {
      number: 'D2026 : 1',
      sha256: "a'b",
      items: [{ title: "l'an", address: 'a : b' }],
      n: 3,
      none: null,
    }
    expect(typesetAll(value)).toEqual({ ...value, items: [{ title: 'l’an', address: 'a : b' }] })
  })
})
