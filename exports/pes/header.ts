import type { PesHeader, Written } from './model.ts'
import { at, type PesNode, valueAt } from './tree.ts'

/** The value of an element and the line where a person finds it (that of the parent when it is missing). */
export function written(node: PesNode | undefined, ...path: string[]): Written {
  const found = at(node, ...path)
  return { text: found?.value?.trim() ?? '', line: found?.line ?? node?.line ?? 0 }
}

/** Reads Enveloppe and EnTetePES, alike in every PES message; a missing element is an empty value. */
export function readHeader(root: PesNode): PesHeader {
  const enveloppe = at(root, 'Enveloppe')
  const entete = at(root, 'EnTetePES')
  const codCol = written(entete, 'CodCol')
  return {
    version: valueAt(enveloppe, 'Parametres', 'Version'),
    typFic: valueAt(enveloppe, 'Parametres', 'TypFic'),
    nomFic: written(enveloppe, 'Parametres', 'NomFic'),
    emetteur: {
      sigle: valueAt(enveloppe, 'Emetteur', 'Sigle'),
      adresse: valueAt(enveloppe, 'Emetteur', 'Adresse'),
    },
    recepteur: valueAt(enveloppe, 'Recepteur', 'Sigle'),
    dteStr: valueAt(entete, 'DteStr'),
    idPost: written(entete, 'IdPost'),
    libellePoste: valueAt(entete, 'LibellePoste'),
    idColl: written(entete, 'IdColl'),
    finJur: valueAt(entete, 'FinJur'),
    // PES_Retour spells it CodColl.
    codCol: codCol.text ? codCol : written(entete, 'CodColl'),
    codBud: written(entete, 'CodBud'),
    libelleColBud: valueAt(entete, 'LibelleColBud'),
  }
}
