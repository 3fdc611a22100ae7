import { amountAt, requiredAmount, withoutZeros } from './amounts.ts'
import type { AttachmentReference, PesDomain, Piece, PieceLine, Tiers, Totals } from './model.ts'
import { all, at, isTrue, type PesNode, valueAt } from './tree.ts'

/** Exact sum; TTC = HT + TVA, TVA being nil where it is absent. */
export function sumOf(parts: readonly Totals[]): Totals {
  const total: Totals = { ht: 0n, tva: 0n, ttc: 0n }
  for (const part of parts) {
    total.ht += part.ht
    total.tva += part.tva
    total.ttc += part.ttc
  }
  return total
}

/** Reads a Piece: a mandat, whose BlocPiece holds InfoPce, or a titre, whose BlocPiece is flat. */
export function readPiece(domain: PesDomain, node: PesNode): Piece {
  const info = domain === 'depense' ? at(node, 'BlocPiece', 'InfoPce') : at(node, 'BlocPiece')
  const delay = at(node, 'BlocPiece', 'DGP')
  const lines = all(node, 'LigneDePiece').map((line) => readLine(domain, line))
  return {
    line: node.line,
    number: withoutZeros(valueAt(info, 'IdPce')),
    type: valueAt(info, 'TypPce'),
    nature: valueAt(info, 'NatPce'),
    object: valueAt(info, domain === 'depense' ? 'Obj' : 'ObjPce'),
    dueDate: valueAt(info, 'DteEch'),
    service: valueAt(info, 'CodServ') || valueAt(info, 'NomService'),
    documentsNote: valueAt(info, 'PJ'),
    paymentDelay: delay && {
      from: valueAt(delay, 'DteDebDgp'),
      to: valueAt(delay, 'DteFinDgp'),
      days: valueAt(delay, 'DureeDgp'),
      // The format is counter-intuitive: Dgp 0 means that the payment delay applies.
      applies: !isTrue(valueAt(delay, 'Dgp')),
    },
    references: readReferences(info),
    lines,
    totals: sumOf(lines.map(lineTotals)),
  }
}

function lineTotals(line: PieceLine): Totals {
  const ht = line.ht.cents ?? 0n
  const tva = line.tva?.cents ?? 0n
  return { ht, tva, ttc: ht + tva }
}

function readLine(domain: PesDomain, node: PesNode): PieceLine {
  const bloc = at(node, 'BlocLignePiece')
  const info = at(bloc, domain === 'depense' ? 'InfoLignePce' : 'InfoLignePiece')
  const origin = at(bloc, 'RattachPiece')
  return {
    line: node.line,
    number: withoutZeros(valueAt(info, 'IdLigne')),
    account: valueAt(info, 'Nature'),
    function: valueAt(info, 'Fonction'),
    operation: valueAt(info, 'Operation'),
    object: valueAt(info, 'ObjLignePce'),
    invoice: valueAt(info, 'Facture'),
    transferLabel: [valueAt(info, 'LibVir1'), valueAt(info, 'LibVir2')].filter(Boolean).join(' '),
    payment: valueAt(info, 'ModRegl'),
    product: valueAt(info, 'CodProdLoc'),
    ht: requiredAmount(info, 'MtHT', node.line),
    tva: amountAt(info, 'MtTVA'),
    market: valueAt(bloc, 'LiensIdent', 'IdMarche'),
    convention: valueAt(bloc, 'LiensIdent', 'IdConv'),
    references: readReferences(info),
    origin: origin && {
      nature: valueAt(origin, 'NatPceOrig'),
      exercice: valueAt(origin, 'ExerRat'),
      piece: valueAt(origin, 'IdPceOrig'),
      line: valueAt(origin, 'IdLigneOrig'),
    },
    surcharge:
      domain === 'recette'
        ? {
            asked: isTrue(valueAt(info, 'Majo')),
            date: valueAt(info, 'DteMajo'),
            rate: valueAt(info, 'TxMajo'),
          }
        : undefined,
    tiers: all(node, 'Tiers').map(readTiers),
  }
}

const readReferences = (info: PesNode | undefined): AttachmentReference[] =>
  all(info, 'PJRef').map((ref) => ({
    line: ref.line,
    support: valueAt(ref, 'Support'),
    idUnique: valueAt(ref, 'IdUnique'),
    name: valueAt(ref, 'NomPJ'),
    type: valueAt(ref, 'TypePJ'),
  }))

function readTiers(node: PesNode): Tiers {
  const info = at(node, 'InfoTiers')
  const address = at(node, 'Adresse')
  const bank = at(node, 'CpteBancaire')
  return {
    line: node.line,
    category: valueAt(info, 'CatTiers'),
    legalNature: valueAt(info, 'NatJur'),
    identifier: valueAt(info, 'IdTiers'),
    identifierKind: valueAt(info, 'NatIdTiers'),
    reference: valueAt(info, 'RefTiers'),
    title: valueAt(info, 'Civilite'),
    name: valueAt(info, 'Nom'),
    complement: valueAt(info, 'ComplNom'),
    firstName: valueAt(info, 'Prenom'),
    address: address && {
      line: address.line,
      lines: ['Adr1', 'Adr2', 'Adr3'].map((name) => valueAt(address, name)).filter(Boolean),
      postalCode: valueAt(address, 'CP'),
      city: valueAt(address, 'Ville'),
      abroad: isTrue(valueAt(address, 'CodRes')),
      country: valueAt(address, 'CodPays'),
    },
    bank: bank && {
      line: bank.line,
      iban: valueAt(bank, 'IBAN'),
      bic: valueAt(bank, 'BIC'),
      holder: valueAt(bank, 'TitCpte'),
      bankName: valueAt(bank, 'LibBanc'),
      national: ['CodeEtab', 'CodeGuic', 'IdCpte', 'CleRib']
        .map((name) => valueAt(bank, name))
        .filter(Boolean)
        .join(' '),
    },
  }
}
