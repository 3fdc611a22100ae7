import type { BallotFacts } from '../inputs.ts'
import { numberWords } from '../number-words.ts'
import { enumerate } from './letterhead.ts'

export type VoteView = {
  sentence: string
  verb: string
  figures: { label: string; value: string }[]
  names: { label: string; names: string }[]
  note: string
}

const voices = (n: number, side: string): string => `${numberWords(n, 'feminine')} voix ${side}`

/** Sides of a ballot in words, « vingt-deux voix pour, trois voix contre et deux abstentions ». */
export function sidesInWords(b: BallotFacts): string {
  const words = [
    b.for > 0 || b.against === 0 ? voices(b.for, 'pour') : '',
    b.against > 0 ? voices(b.against, 'contre') : '',
  ]
  if (b.abstain > 0) words.push(`${numberWords(b.abstain, 'feminine')} abstention${b.abstain > 1 ? 's' : ''}`)
  return enumerate(words.filter(Boolean))
}

const ballotName = { ordinary: 'à main levée', public: 'au scrutin public', secret: 'au scrutin secret' }

/**
 * How the vote is told on a délibération: the sentence with the figures in words, the operative verb, the table of
 * figures, and the names on each side of a public ballot (CGCT art. L. 2121-20 and L. 2121-21).
 */
export function voteView(
  bodyName: string,
  outcome: 'adopted' | 'refused' | 'noted',
  ballot: BallotFacts | null,
): VoteView {
  const lead = `Le ${bodyName.toLocaleLowerCase('fr')}, après en avoir délibéré`
  if (ballot === null) {
    return {
      sentence: `${lead},`,
      verb: outcome === 'noted' ? 'PREND ACTE' : 'DÉCIDE',
      figures: [],
      names: [],
      note: '',
    }
  }
  const cast = ballot.for + ballot.against
  const unanimous = outcome === 'adopted' && ballot.against === 0 && ballot.for > 0
  const by = unanimous
    ? `à l’unanimité des suffrages exprimés, par ${sidesInWords(ballot)}`
    : `par ${sidesInWords(ballot)}`
  const casting = ballot.castingVote ? ', la voix du président étant prépondérante' : ''
  const verb = outcome === 'refused' ? 'N’ADOPTE PAS' : outcome === 'noted' ? 'PREND ACTE' : 'DÉCIDE'
  const figures = [
    { label: 'Suffrages exprimés', value: String(cast) },
    { label: 'Pour', value: String(ballot.for) },
    { label: 'Contre', value: String(ballot.against) },
    { label: 'Abstentions', value: String(ballot.abstain) },
    { label: 'Sans participation', value: String(ballot.notVoting) },
  ]
  const sides = ballot.kind === 'public' ? ballot.names : undefined
  const names = sides
    ? [
        { label: 'Ont voté pour', names: enumerate(sides.for) },
        { label: 'Ont voté contre', names: enumerate(sides.against) },
        { label: 'Se sont abstenus', names: enumerate(sides.abstain) },
        { label: 'N’ont pas pris part au vote', names: enumerate(sides.notVoting) },
      ].filter((side) => side.names !== '')
    : []
  return {
    sentence: `${lead} et voté ${ballotName[ballot.kind]}, ${by}${casting},`,
    verb,
    figures,
    names,
    note:
      ballot.kind === 'secret'
        ? 'Le vote a eu lieu au scrutin secret : les bulletins ne sont attachés à aucun nom.'
        : '',
  }
}
