import { describe, expect, it } from 'vitest'
import type { RichBlock } from '../../../core/sitting/model.ts'
import { articleNumber, asKind, blocksFromText, isEmptyBlock, moveBlock } from './blocks.ts'

describe('a project pasted as text', () => {
  it('finds visas, considérants, articles and lists by their first words', () => {
    const text = [
      'Vu le code général des collectivités territoriales ;',
      'VU : la délibération du 4 mars ;',
      '',
      'Considérant que la halle doit être réparée ;',
      'Le conseil décide :',
      'Article 1er : Le projet est approuvé.',
      'ARTICLE 2 – Sont désignés :',
      '- Mme Aubert ;',
      '• M. Roy.',
    ].join('\r\n')
    expect(blocksFromText(text)).toEqual([
      { kind: 'visa', text: 'le code général des collectivités territoriales' },
      { kind: 'visa', text: 'la délibération du 4 mars' },
      { kind: 'considerant', text: 'que la halle doit être réparée' },
      { kind: 'paragraph', text: 'Le conseil décide :' },
      { kind: 'article', text: 'Le projet est approuvé.' },
      { kind: 'article', text: 'Sont désignés :' },
      { kind: 'list', items: ['Mme Aubert ;', 'M. Roy.'] },
    ])
  })
  it('leaves words that only look like a start alone', () => {
    expect(blocksFromText('Vue d’ensemble du budget')).toEqual([
      { kind: 'paragraph', text: 'Vue d’ensemble du budget' },
    ])
  })
})

describe('blocks', () => {
  const blocks: RichBlock[] = [
    { kind: 'visa', text: 'a' },
    { kind: 'article', text: 'b' },
    { kind: 'paragraph', text: 'c' },
    { kind: 'article', text: 'd' },
  ]
  it('numbers articles among themselves', () => {
    expect(blocks.map((_, i) => articleNumber(blocks, i))).toEqual([0, 1, 0, 2])
  })
  it('moves within bounds and refuses to lose a block', () => {
    expect(moveBlock(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
    expect(moveBlock(['a', 'b'], 0, 2)).toEqual(['a', 'b'])
    expect(moveBlock(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
  })
  it('keeps every word when the kind changes and comes back', () => {
    const list: RichBlock = { kind: 'list', items: ['un', 'deux'] }
    expect(asKind(asKind(list, 'paragraph'), 'list')).toEqual(list)
    expect(asKind({ kind: 'table', header: ['A', 'B'], rows: [['1', '2']] }, 'paragraph')).toEqual({
      kind: 'paragraph',
      text: 'A B\n1 2',
    })
  })
  it('knows an empty block', () => {
    expect(isEmptyBlock({ kind: 'list', items: ['', ' '] })).toBe(true)
    expect(isEmptyBlock({ kind: 'table', header: ['', ''], rows: [['', 'x']] })).toBe(false)
  })
})
