import { gzipSync } from 'node:zlib'
import { toLatin1Text, xmlBytes, xmlRoot } from '../../exports/xml/write.ts'

type Node = ReturnType<typeof xmlRoot>
type Mandat = {
  number: string
  object: string
  account: string
  function: string
  tiers: string
  cents: number
  invoice: string
}

const NS = 'http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller'
const IBAN = 'FR7630006000011234567890189'

const bordereaux: { number: string; mandats: Mandat[] }[] = [
  {
    number: '118',
    mandats: [
      {
        number: '1204',
        object: 'Fournitures scolaires de rentrée',
        account: '6067',
        function: '281',
        tiers: 'PAPETERIE DU VALLON',
        cents: 184_320,
        invoice: 'F26-0418',
      },
      {
        number: '1205',
        object: 'Électricité des écoles',
        account: '60612',
        function: '212',
        tiers: 'ENERGIE LOCALE',
        cents: 412_755,
        invoice: 'EL-88213',
      },
      {
        number: '1206',
        object: 'Entretien des chaudières',
        account: '6156',
        function: '020',
        tiers: 'CHAUFFAGE MARTELLIERE',
        cents: 96_000,
        invoice: 'CM-2026-77',
      },
    ],
  },
  {
    number: '119',
    mandats: [
      {
        number: '1207',
        object: 'Réfection de la rue des Lavandières',
        account: '2151',
        function: '845',
        tiers: 'TRAVAUX DU BOCAGE',
        cents: 2_460_000,
        invoice: 'TB-431',
      },
      {
        number: '1208',
        object: 'Maîtrise d’œuvre du groupe scolaire',
        account: '2031',
        function: '212',
        tiers: 'ATELIER TREFLE ARCHITECTES',
        cents: 735_000,
        invoice: 'AT-19',
      },
    ],
  },
]

const decimal = (cents: number): string =>
  `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
const leaf = (parent: Node, name: string, value: string): void =>
  void parent.ele(name, { V: toLatin1Text(value) })
const leaves = (parent: Node, values: [string, string][]): void => {
  for (const [name, value] of values) leaf(parent, name, value)
}
const pieceId = (m: Mandat) => `DEMOVILLE2026M${m.number}`

function writeMandat(bordereau: Node, m: Mandat): void {
  const piece = bordereau.ele('Piece')
  const block = piece.ele('BlocPiece')
  const info = block.ele('InfoPce')
  leaves(info, [
    ['IdPce', m.number],
    ['TypPce', '01'],
    ['NatPce', '01'],
    ['Obj', m.object],
  ])
  leaves(info.ele('PJRef'), [
    ['Support', '01'],
    ['IdUnique', pieceId(m)],
    ['NomPJ', `facture_${m.invoice}.pdf`],
    ['TypePJ', '003'],
  ])
  const line = piece.ele('LigneDePiece')
  leaves(line.ele('BlocLignePiece').ele('InfoLignePce'), [
    ['IdLigne', '1'],
    ['Nature', m.account],
    ['Fonction', m.function],
    ['Facture', m.invoice],
    ['LibVir1', `DEMOVILLE ${m.invoice}`],
    ['ModRegl', '03'],
    ['TVAIntraCom', '0'],
    ['MtHT', decimal(m.cents)],
  ])
  const tiers = line.ele('Tiers')
  leaves(tiers.ele('InfoTiers'), [
    ['RefTiers', `FOU${m.number}`],
    ['CatTiers', '50'],
    ['NatJur', '03'],
    ['Nom', m.tiers],
  ])
  leaves(tiers.ele('Adresse'), [
    ['TypAdr', '1'],
    ['Adr2', '3 RUE DE LA HALLE'],
    ['CP', '99100'],
    ['Ville', 'DEMOVILLE'],
    ['CodRes', '0'],
  ])
  leaves(tiers.ele('CpteBancaire'), [
    ['BIC', 'AGRIFRPP'],
    ['IBAN', IBAN],
    ['LibBanc', 'BANQUE DE TEST'],
    ['TitCpte', m.tiers],
  ])
}

export type DemoInvoice = { id: string; title: string; tiers: string; object: string; cents: number }

/** The invoices that the flow carries, to be typeset. */
export const demoInvoices: DemoInvoice[] = bordereaux
  .flatMap((b) => b.mandats)
  .map((m) => ({
    id: pieceId(m),
    title: `Facture ${m.invoice}`,
    tiers: m.tiers,
    object: m.object,
    cents: m.cents,
  }))

/** A fictional PES_Aller of two bordereaux of mandats; `pdfs` gives the invoice of each id. */
export function demoPes(day: string, pdfs: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const short = day.slice(2).replaceAll('-', '')
  const root = xmlRoot('n:PES_Aller', { 'xmlns:n': NS, Id: `PES${short}DEMOVILLE01` })
  const envelope = root.ele('Enveloppe')
  leaves(envelope.ele('Parametres'), [
    ['Version', '2'],
    ['TypFic', 'PESALR2'],
    ['NomFic', `PESALR2_DEMOVILLE_${short}_001`],
  ])
  leaves(envelope.ele('Emetteur'), [
    ['Sigle', 'DEMO'],
    ['Adresse', 'Commune de démonstration'],
  ])
  leaf(envelope.ele('Recepteur'), 'Sigle', 'HELIOS')
  leaves(root.ele('EnTetePES'), [
    ['DteStr', day],
    ['IdPost', '099001'],
    ['IdColl', '21990000800018'],
    ['CodCol', '101'],
    ['CodBud', '00'],
    ['LibelleColBud', 'Démoville - budget principal'],
  ])
  const depense = root.ele('PES_DepenseAller')
  leaves(depense.ele('EnTeteDepense'), [
    ['IdVer', '2'],
    ['InfoDematerialisee', '1'],
  ])
  let cumulative = 48_215_060
  for (const b of bordereaux) {
    const total = b.mandats.reduce((n, m) => n + m.cents, 0)
    cumulative += total
    const element = depense.ele('Bordereau', { Id: `BORDDEP${day.slice(0, 4)}${b.number.padStart(5, '0')}` })
    leaves(element.ele('BlocBordereau'), [
      ['Exer', day.slice(0, 4)],
      ['IdBord', b.number],
      ['DteBordEm', day],
      ['TypBord', '01'],
      ['NbrPce', String(b.mandats.length)],
      ['MtCumulAnnuel', decimal(cumulative)],
      ['MtBordHT', decimal(total)],
    ])
    for (const m of b.mandats) writeMandat(element, m)
  }
  const attachments = root.ele('PES_PJ')
  leaf(attachments.ele('EnTetePES_PJ'), 'IdVer', '1')
  for (const m of bordereaux.flatMap((b) => b.mandats)) {
    const pj = attachments.ele('PJ')
    pj.ele('Contenu')
      .ele('Fichier', { MIMEType: 'application/pdf' })
      .txt(gzipSync(pdfs.get(pieceId(m)) ?? new Uint8Array()).toString('base64'))
    leaves(pj, [
      ['IdUnique', pieceId(m)],
      ['NomPJ', `facture_${m.invoice}.pdf`],
      ['TypePJ', '003'],
      ['Description', m.object],
    ])
  }
  return xmlBytes(root, 'ISO-8859-1')
}
