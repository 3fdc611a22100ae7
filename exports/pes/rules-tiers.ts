import { fault, type Problem, warning } from '../../core/refusal.ts'
import { hasLuhnKey, isIban, isNir, isSiret } from './keys.ts'
import type { Tiers } from './model.ts'
import { whereIs } from './tree.ts'

/** Rules on a third party (XSD documentation: the DGFiP rejects the bordereau, or the flow for an ill-formed IBAN). */
export function tiersRules(tiers: Tiers): Problem[] {
  return [...civility(tiers), ...identifier(tiers), ...address(tiers), ...bank(tiers)]
}

function civility(tiers: Tiers): Problem[] {
  const where = whereIs(tiers)
  if (/^(mlle|mademoiselle)$/i.test(tiers.title.replace('.', '')))
    return [
      warning('PES_CIVILITE', 'La civilité « Mademoiselle » n’est plus acceptée : écrivez « Mme ».', where),
    ]
  if (tiers.category === '01' && (!tiers.title || !tiers.firstName))
    return [
      warning(
        'PES_CIVILITE',
        'Une personne physique (CatTiers 01) doit avoir une civilité et un prénom.',
        where,
      ),
    ]
  if (tiers.category !== '01' && (tiers.title || tiers.firstName))
    return [
      warning(
        'PES_CIVILITE',
        'Civilité et prénom sont réservés aux personnes physiques (CatTiers 01).',
        where,
      ),
    ]
  return []
}

const IDENTIFIERS: Readonly<Record<string, readonly [name: string, check: (text: string) => boolean]>> = {
  '01': ['SIRET', isSiret],
  '02': ['SIREN', (text) => /^\d{9}$/.test(text) && hasLuhnKey(text)],
  '03': ['FINESS', (text) => /^\d{9}$/.test(text) && hasLuhnKey(text)],
  '04': ['NIR', isNir],
}

// Personal data: a NIR is never repeated in a message.
function identifier(tiers: Tiers): Problem[] {
  const rule = IDENTIFIERS[tiers.identifierKind]
  if (!rule || tiers.identifier === '' || rule[1](tiers.identifier)) return []
  const shown = rule[0] === 'NIR' ? '' : ` « ${tiers.identifier} »`
  return [
    warning('PES_IDTIERS', `Le ${rule[0]}${shown} d’un tiers est faux (longueur ou clé).`, whereIs(tiers)),
  ]
}

function address(tiers: Tiers): Problem[] {
  const { address: at } = tiers
  if (!at) return []
  const where = whereIs(at)
  const problems: Problem[] = []
  if (!/^\d{5}$/.test(at.postalCode))
    problems.push(
      fault(
        'PES_CP',
        `Le code postal « ${at.postalCode} » doit avoir cinq chiffres (99999 à l’étranger).`,
        where,
      ),
    )
  if (at.abroad && at.country === '')
    problems.push(
      warning('PES_PAYS', 'Une adresse à l’étranger (CodRes = 1) demande le code du pays (CodPays).', where),
    )
  if (!at.abroad && at.country !== '' && at.country !== '100')
    problems.push(
      warning('PES_PAYS', 'Une adresse en France (CodRes = 0) n’admet pas d’autre pays que 100.', where),
    )
  return problems
}

function bank(tiers: Tiers): Problem[] {
  const { bank: at } = tiers
  if (!at) return []
  const where = whereIs(at)
  const problems: Problem[] = []
  if (at.iban !== '' && !/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(at.iban))
    problems.push(
      fault(
        'PES_IBAN',
        'Un IBAN est mal écrit : majuscules et chiffres, sans espace. Le flux serait rejeté.',
        where,
      ),
    )
  else if (at.iban !== '' && !isIban(at.iban))
    problems.push(
      warning('PES_IBAN_KEY', 'La clé d’un IBAN est fausse : vérifiez les coordonnées bancaires.', where),
    )
  if (at.bic !== '' && !/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(at.bic))
    problems.push(
      fault('PES_BIC', `Le BIC « ${at.bic} » est mal écrit : 8 ou 11 caractères en majuscules.`, where),
    )
  return problems
}
