import { fault, type Problem, warning } from '../../core/refusal.ts'
import { isSiret } from './keys.ts'
import { DOMAIN_NAME } from './labels.ts'
import type { PesFlow } from './model.ts'
import { whereIs } from './tree.ts'
import { UNDETAILED_BLOCKS } from './vocabulary.ts'

/** Rules on the file as a whole, its envelope and its header (pes.md §2, §3, §10). */
export function flowRules(flow: PesFlow, bytes: Uint8Array): Problem[] {
  return [...encodingRules(flow, bytes), ...headerRules(flow), ...domainRules(flow), ...contentRules(flow)]
}

function encodingRules(flow: PesFlow, bytes: Uint8Array): Problem[] {
  if (flow.encoding !== 'ISO-8859-1' && flow.encoding !== 'LATIN1')
    return [
      fault(
        'PES_ENCODING',
        `Le fichier est déclaré en ${flow.encoding} : la DGFiP n’accepte que l’ISO-8859-1. Demandez à l’éditeur un nouvel export.`,
        'ligne 1',
      ),
    ]
  if (Buffer.from(bytes.subarray(0, 50)).toString('latin1').includes('ISO-8859-1')) return []
  return [
    warning(
      'PES_ENCODING_PLACE',
      '« ISO-8859-1 » n’apparaît pas en majuscules dans les 50 premiers caractères : la plate-forme de télétransmission peut refuser le fichier.',
      'ligne 1',
    ),
  ]
}

export function headerRules({ header }: Pick<PesFlow, 'header'>): Problem[] {
  const problems: Problem[] = []
  const { nomFic, codCol, idColl, idPost, codBud } = header
  if (nomFic.text === '')
    problems.push(
      fault(
        'PES_NOMFIC',
        'Le nom du flux (NomFic) est vide : c’est la clé du contrôle de doublon et de l’acquit.',
        whereIs(nomFic),
      ),
    )
  else if (nomFic.text.length > 100)
    problems.push(fault('PES_NOMFIC', 'Le nom du flux (NomFic) dépasse 100 caractères.', whereIs(nomFic)))
  if (!/^\d{3}$/.test(codCol.text) || codCol.text === '000')
    problems.push(
      fault(
        'PES_CODCOL',
        `Le code collectivité (CodCol) « ${codCol.text} » doit avoir exactement trois chiffres, autres que 000. Demandez-le au comptable.`,
        whereIs(codCol),
      ),
    )
  if (!/^\d{1,14}$/.test(idColl.text))
    problems.push(
      fault(
        'PES_IDCOLL',
        `Le SIRET du budget (IdColl) « ${idColl.text} » doit avoir 14 chiffres au plus.`,
        whereIs(idColl),
      ),
    )
  else if (!isSiret(idColl.text))
    problems.push(
      warning(
        'PES_IDCOLL_KEY',
        `Le SIRET du budget (IdColl) « ${idColl.text} » n’est pas exact : sa clé est fausse.`,
        whereIs(idColl),
      ),
    )
  if (!/^([0-9]{6,7}|02[AB][0-9]{3,4})$/.test(idPost.text))
    problems.push(
      fault(
        'PES_IDPOST',
        `Le codique du poste comptable (IdPost) « ${idPost.text} » doit avoir six ou sept chiffres.`,
        whereIs(idPost),
      ),
    )
  if (!/^[0-9A-Z][0-9]$/.test(codBud.text))
    problems.push(
      fault(
        'PES_CODBUD',
        `Le code budget (CodBud) « ${codBud.text} » doit avoir deux caractères, par exemple 00.`,
        whereIs(codBud),
      ),
    )
  return problems
}

function domainRules(flow: PesFlow): Problem[] {
  const problems: Problem[] = []
  // The XSD documentation says that another version rejects the flow, yet flows of known editors carry 1: told only.
  for (const domain of flow.domains)
    if (domain.idVer.text !== '2')
      problems.push(
        warning(
          'PES_IDVER',
          `La version du domaine ${DOMAIN_NAME[domain.domain]} (IdVer) est « ${domain.idVer.text} » au lieu de 2 : la DGFiP peut rejeter le flux.`,
          whereIs(domain.idVer),
        ),
      )
  const mixed = flow.domains.find((d) => d.dematerialised !== flow.domains[0]?.dematerialised)
  if (mixed)
    problems.push(
      warning(
        'PES_DEMATERIALISED_MIXED',
        'InfoDematerialisee n’a pas la même valeur en dépense et en recette : un flux se signe en entier ou pas du tout.',
        whereIs(mixed),
      ),
    )
  for (const domain of flow.domains) {
    const signed = flow.signatures.length > 0
    if (signed && !domain.dematerialised)
      problems.push(
        warning(
          'PES_DEMATERIALISED',
          `Le flux est signé mais InfoDematerialisee vaut 0 en ${DOMAIN_NAME[domain.domain]} : la DGFiP peut le rejeter.`,
          whereIs(domain),
        ),
      )
    if (!signed && domain.dematerialised)
      problems.push(
        warning(
          'PES_UNSIGNED',
          `Le flux est annoncé dématérialisé en ${DOMAIN_NAME[domain.domain]} : il doit être signé avant d’être envoyé.`,
          whereIs(domain),
        ),
      )
  }
  return problems
}

function contentRules(flow: PesFlow): Problem[] {
  const problems: Problem[] = []
  const forwarded = flow.unknown.filter((u) => UNDETAILED_BLOCKS.has(u.name))
  if (flow.bordereaux.length === 0 && flow.attachments.length === 0 && forwarded.length === 0)
    problems.push(
      fault(
        'PES_EMPTY',
        'Le flux ne contient ni bordereau ni pièce jointe : il ne recevrait jamais d’acquit. Demandez un nouvel export.',
        whereIs(flow.root),
      ),
    )
  if (flow.attachmentsHeader && flow.attachmentsHeader.text !== '1')
    problems.push(
      fault(
        'PES_PJ_IDVER',
        `La version des pièces jointes (EnTetePES_PJ/IdVer) est « ${flow.attachmentsHeader.text} » au lieu de 1.`,
        whereIs(flow.attachmentsHeader),
      ),
    )
  for (const block of flow.unknown)
    problems.push(
      warning(
        'PES_KEPT',
        UNDETAILED_BLOCKS.has(block.name)
          ? `Le bloc <${block.name}> est conservé tel quel ; son contenu n’est pas détaillé ici.`
          : `L’élément <${block.name}> n’est pas connu du schéma 5.17 : il est conservé tel quel.`,
        whereIs(block),
      ),
    )
  return problems
}
