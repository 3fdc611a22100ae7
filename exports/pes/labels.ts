import type { PesDomain } from './model.ts'

type Labels = Readonly<Record<string, string>>

/** Code lists of the schema 5.17 (CommunDepense, CommunRecette, CommunPES), as the official documentation words them. */
export const TYP_BORD: Readonly<Record<PesDomain, Labels>> = {
  depense: { '01': 'ordinaire', '02': 'annulation ou réduction', '03': 'ordres de paiement' },
  recette: { '01': 'ordinaire', '02': 'annulation ou réduction', '03': 'ordres de recette', '06': 'ORMC' },
}

export const TYP_PCE: Readonly<Record<PesDomain, Labels>> = {
  depense: {
    '01': 'mandat ordinaire',
    '02': 'mandat correctif',
    '03': 'mandat d’ordre budgétaire',
    '04': 'mandat d’ordre mixte',
    '05': 'mandat émis après paiement',
    '06': 'mandat global',
    '07': 'admission en non-valeur',
    '08': 'mandat collectif',
    '09': 'mandat sur marché',
    '10': 'mandat de rattachement',
    '11': 'ordre de paiement',
    '13': 'charges constatées d’avance',
  },
  recette: {
    '01': 'titre ordinaire',
    '02': 'titre correctif',
    '03': 'titre d’ordre budgétaire',
    '04': 'titre d’ordre mixte',
    '05': 'titre émis après paiement',
    '06': 'titre récapitulatif avec rôle',
    '07': 'titre récapitulatif sans rôle',
    '09': 'titre de majoration',
    '10': 'titre en plusieurs années',
    '11': 'titre de rattachement',
    '12': 'ordre de recette de l’ordonnateur',
    '14': 'produits constatés d’avance',
    '15': 'titre ORMC',
  },
}

const NATURES: Labels = {
  '01': 'fonctionnement',
  '02': 'investissement',
  '03': 'inventaire',
  '04': 'emprunt',
  '05': 'régie',
  '06': 'annulation ou réduction',
  '07': 'complémentaire',
  '08': 'réémis',
  '10': 'annulation du rattachement',
  '18': 'opération d’ordre liée aux cessions',
}

export const NAT_PCE: Readonly<Record<PesDomain, Labels>> = {
  depense: {
    ...NATURES,
    '09': 'mandat annulant un titre',
    '11': 'paie',
    '12': 'retenue de garantie',
    '13': 'dernier acompte sur marché',
    '14': 'avance forfaitaire',
  },
  recette: { ...NATURES, '09': 'titre annulant un mandat', '11': 'marché' },
}

export const MOD_REGL: Labels = {
  '01': 'numéraire',
  '02': 'chèque',
  '03': 'virement',
  '04': 'virement par application externe',
  '05': 'virement de gros montant',
  '06': 'virement à l’étranger',
  '07': 'opération budget rattaché',
  '08': 'opération d’ordre',
  '09': 'avis de règlement',
  '10': 'prélèvement',
  '11': 'virement interne',
}

export const SUPPORT: Labels = { '01': 'électronique', '02': 'papier', '03': 'cédérom' }

export const TYPE_PJ: Labels = {
  '001': 'document budgétaire',
  '002': 'pièce de recette',
  '003': 'pièce de dépense',
  '004': 'état de paye',
  '005': 'aide sociale',
  '006': 'PES facture',
  '007': 'facture ORMC Chorus Pro',
  '008': 'complément ASAP Chorus Pro',
  '009': 'pièce contractuelle de marché',
  '010': 'facture ASAP ORMC ENSU',
  '011': 'complément ASAP ENSU',
  '012': 'CFU, états de l’ordonnateur',
  '013': 'CFU, états annexes',
}

export const DOMAINE_ACK: Labels = {
  '0': 'contrôle technique',
  '1': 'signature technique',
  '2': 'signature globale',
  '3': 'signature du bordereau',
  '4': 'pièce jointe',
  '5': 'dépense',
  '6': 'recette',
  '7': 'rôle',
  '8': 'budget',
  '9': 'état de l’actif',
  '10': 'état du passif',
  '11': 'marché',
  '12': 'facture',
  '99': 'paramétrage',
}

/** EtatPce of PES_Retour. */
export const ETAT_PCE: Readonly<Record<PesDomain, Labels>> = {
  depense: { '01': 'en instance', '02': 'prise en charge', '04': 'rejetée', '05': 'soldée' },
  recette: {
    '01': 'en instance',
    '02': 'prise en charge',
    '03': 'prise en charge partielle',
    '04': 'rejetée',
    '05': 'annulée',
  },
}

/** ObsEtat of PES_Retour, dépense. */
export const OBS_ETAT: Labels = {
  '01': 'pièces justificatives absentes ou invalides',
  '02': 'pièces justificatives insuffisantes',
  '03': 'crédits insuffisants',
  '04': 'liquidation erronée',
  '05': 'service fait ou caractère exécutoire absent',
  '06': 'autre motif',
  '07': 'double paiement',
  '09': 'domiciliation bancaire',
  '10': 'avance non récupérée',
  '11': 'incompétence du donneur d’ordre',
  '13': 'prescription',
  '16': 'mauvais créancier',
  '23': 'imputation',
  '24': 'rejet technique',
}

export const DOMAIN_NAME: Readonly<Record<PesDomain, string>> = { depense: 'dépense', recette: 'recette' }
export const PIECE_NAME: Readonly<Record<PesDomain, string>> = { depense: 'mandat', recette: 'titre' }

/** The label of a code, or the code itself when the lists do not have it (a newer release of the format). */
export const labelOf = (labels: Labels, code: string): string => labels[code] ?? (code ? `code ${code}` : '')
