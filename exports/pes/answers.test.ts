import { describe, expect, it } from 'vitest'
import { answers, readAcquit } from './acquit.ts'
import { exampleFlow } from './flow.fixture.ts'
import { readPes } from './read.ts'
import { readRetour } from './retour.ts'

const V2 = 'http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour/v2'
const RETOUR = 'http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour'

const acquit = (elements: string, namespace = V2): Uint8Array =>
  Buffer.from(
    `<?xml version="1.0" encoding="ISO-8859-1"?><n:PES_ACQUIT xmlns:n="${namespace}">
<Enveloppe><Parametres><NomFic V="FLUX_ESSAI_001"/></Parametres></Enveloppe><EnTetePES><CodCol V="101"/></EnTetePES>
${elements && `<ACQUIT>${elements}</ACQUIT>`}</n:PES_ACQUIT>`,
    'latin1',
  )

const element = (domain: string, state: string, rest: string) =>
  `<ElementACQUIT><DomaineAck V="${domain}"/><EtatAck V="${state}"/>${rest}</ElementACQUIT>`
const bordereau = (number: string) => `<NumBord V="${number}"/><ExerciceBord V="2026"/>`
const error =
  '<Erreur><NumAnoAck V="ERREUR_AUTRE"/><LibelleAnoAck V="1971 - Compte fonction present a tort"/></Erreur>'

describe('reading an acquit', () => {
  const states: [state: string, elements: string][] = [
    ['received', ''],
    ['accepted', element('5', '1', bordereau('41'))],
    ['accepted', element('5', 'true', bordereau('41')) + element('4', '1', '<IdUnique V="PJ1"/>')],
    ['partial', element('5', '1', bordereau('41')) + element('4', '0', `<IdUnique V="PJ1"/>${error}`)],
    ['partial', element('5', '0', bordereau('41')) + element('6', '1', bordereau('41'))],
    ['refused', element('5', '0', bordereau('41')) + element('4', '1', '<IdUnique V="PJ1"/>')],
    ['refused', element('2', '0', error) + element('5', '1', bordereau('41'))],
    ['refused', element('2', '0', '')],
  ]
  for (const [state, elements] of states)
    it(`${state}: ${elements.replace(/<\/?|V=|"|\/?>/g, ' ').slice(0, 70)}`, () => {
      expect(readAcquit(acquit(elements)).state).toBe(state)
    })

  it('a bordereau named twice is accepted only when both say so', () => {
    const read = readAcquit(
      acquit(element('5', '1', bordereau('42')) + element('3', '0', `${bordereau('42')}${error}`)),
    )
    expect(read.bordereaux).toMatchObject([
      { domain: 'depense', number: '42', accepted: false, errors: [{ anomaly: '1971' }] },
    ])
  })

  it('the signature domain weighs on the dépense and on the recette of that number', () => {
    const read = readAcquit(
      acquit(
        element('5', '1', bordereau('42')) +
          element('6', '1', bordereau('0042')) +
          element('3', '0', bordereau('42')),
      ),
    )
    expect(read.bordereaux.map((b) => [b.domain, b.accepted])).toEqual([
      ['depense', false],
      ['recette', false],
    ])
    expect(readAcquit(acquit(element('3', '0', bordereau('9')))).bordereaux).toMatchObject([
      { domain: undefined, number: '9', accepted: false },
    ])
  })

  it('errors keep the piece and the line they are about', () => {
    const detail = `<DetailPiece><NumPiece V="20"/>${error}<DetailLigne><NumLigne V="3"/>${error}</DetailLigne></DetailPiece>`
    const [b] = readAcquit(acquit(element('5', '0', bordereau('41') + error + detail))).bordereaux
    expect(b?.errors.map((e) => [e.piece, e.pieceLine])).toEqual([
      ['', ''],
      ['20', ''],
      ['20', '3'],
    ])
  })

  it('version 1 is flat', () => {
    const flat = element(
      '5',
      '0',
      '<ExerciceBord V="2012"/><NumBord V="23"/><NumPiece V="7"/><NumLigne V="2"/><NumAnoAck V="ERREUR_AUTRE"/><LibelleAnoAck V="Motif"/>',
    )
    const read = readAcquit(acquit(flat, RETOUR))
    expect(read).toMatchObject({
      version: 'v1',
      state: 'refused',
      bordereaux: [{ errors: [{ piece: '7', pieceLine: '2', message: 'Motif' }] }],
    })
  })

  it('answers the flow of the same NomFic and CodCol', () => {
    const flow = readPes(exampleFlow())
    expect(answers(readAcquit(acquit('')), flow)).toBe(true)
    expect(answers(readAcquit(acquit('')), readPes(exampleFlow(['FLUX_ESSAI_001', 'FLUX_ESSAI_002'])))).toBe(
      false,
    )
    expect(
      answers(readAcquit(acquit('')), readPes(exampleFlow(['<CodCol V="101"/>', '<CodCol V="102"/>']))),
    ).toBe(false)
  })

  it('refuses another document', () => {
    expect(() => readAcquit(exampleFlow())).toThrow(expect.objectContaining({ code: 'PES_ROOT' }))
  })
})

describe('reading a return', () => {
  const retour = (info: string, line = '') =>
    readRetour(
      Buffer.from(`<n:PES_Retour xmlns:n="${RETOUR}"><EnTetePES><CodColl V="101"/></EnTetePES><PES_DepenseRetour><EnTeteDepense><TypRestit V="01"/></EnTeteDepense>
<Bordereau><BlocBordereau><Exer V="2026"/><IdBord V="42"/></BlocBordereau><Piece><InfoPiece><IdPce V="102"/>${info}</InfoPiece>
<LigneDePiece><BlocLignePiece><InfoLignePiece><MtHT V="1200.00"/>${line}</InfoLignePiece></BlocLignePiece><PaiementEmargement><OrgEma V="01"/><DtePay V="2026-04-01"/><MtPay V="1000.05"/></PaiementEmargement><PaiementEmargement><OrgEma V="02"/><MtPay V="199.95"/></PaiementEmargement></LigneDePiece></Piece></Bordereau></PES_DepenseRetour></n:PES_Retour>`),
    )

  it('a piece rejected before being taken in charge may use its number again', () => {
    const before = retour('<EtatPce V="04"/><ObsEtat V="02-09"/><DtePceRej V="2026-03-14"/>').pieces[0]
    expect(before).toMatchObject({
      stateLabel: 'rejetée',
      mayBeSentAgain: true,
      bordereau: '42',
      number: '102',
    })
    expect(before?.observations.map((o) => o.label)).toEqual([
      'pièces justificatives insuffisantes',
      'domiciliation bancaire',
    ])
    const after = retour('<EtatPce V="04"/><DtePcePec V="2026-03-12"/><DtePceRej V="2026-03-14"/>').pieces[0]
    expect(after?.mayBeSentAgain).toBe(false)
    expect(retour('<EtatPce V="02"/>').pieces[0]?.mayBeSentAgain).toBeUndefined()
  })

  it('counts real payments to the cent', () => {
    expect(retour('<EtatPce V="05"/>').pieces[0]).toMatchObject({
      ht: 120000n,
      paid: 100005n,
      paidOn: '2026-04-01',
    })
  })

  it('reads CodColl, and reasons given on lines', () => {
    const read = retour('<EtatPce V="01"/>', '<ObsEtat V="06"/>')
    expect(read.header.codCol.text).toBe('101')
    expect(read.pieces[0]?.observations.map((o) => o.code)).toEqual(['06'])
  })

  it('refuses an acquit, although the namespace is the same', () => {
    expect(() => readRetour(acquit('', RETOUR))).toThrow(expect.objectContaining({ code: 'PES_ROOT' }))
  })
})
