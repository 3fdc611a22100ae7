import { fault, type Problem, warning } from '../../core/refusal.ts'
import { type BudgetFile, stageOf, stages } from './model.ts'
import { findPlan, nomenclatureVerdict } from './plans.ts'

/** Control key of a SIRET: Luhn, or for La Poste (356000000) the sum of the digits divisible by five. Takes 14 digits. */
export function siretKeyIsRight(siret: string): boolean {
  const digits = [...siret].map(Number)
  const luhn = digits.reduce((sum, digit, i) => {
    const weighted = i % 2 === digits.length % 2 ? digit * 2 : digit
    return sum + (weighted > 9 ? weighted - 9 : weighted)
  }, 0)
  if (luhn % 10 === 0) return true
  return siret.startsWith('356000000') && digits.reduce((sum, digit) => sum + digit, 0) % 5 === 0
}

/**
 * Rules of the header: one budget, stage, year, SIRET, nomenclature (docbudgetaire import checklist 2, 3 and 7).
 * `sending` makes blocking what the prefecture would refuse.
 */
export function headerProblems(file: BudgetFile, sending: boolean): Problem[] {
  const structure = structureProblems(file)
  if (structure.some((p) => p.level === 'error')) return [...structure, ...siretProblems(file)]
  return [
    ...structure,
    ...stageProblems(file, sending),
    ...siretProblems(file),
    ...nomenclatureProblems(file),
  ]
}

function structureProblems(file: BudgetFile): Problem[] {
  const problems: Problem[] = []
  const again = 'Exportez de nouveau le budget, entier, depuis TotEM ou le logiciel de finances.'
  if (file.budgets === 0) {
    problems.push(
      fault(
        'budget-missing',
        `Ce fichier n’a qu’un en-tête : l’élément Budget manque. ${again}`,
        'DocumentBudgetaire',
      ),
    )
  } else if (file.budgets > 1) {
    const text = `Ce fichier contient ${file.budgets} budgets ; un fichier n’en porte qu’un. Séparez budget principal et budgets annexes.`
    problems.push(fault('budget-several', text, 'DocumentBudgetaire'))
  } else if (file.blocs !== 1) {
    const text = `Le budget doit avoir un BlocBudget, et un seul (trouvé : ${file.blocs}). ${again}`
    problems.push(fault('budget-bloc-missing', text, 'Budget'))
  } else if (file.lines.length === 0) {
    problems.push(
      fault('budget-no-line', `Le budget ne contient aucune ligne (LigneBudget). ${again}`, 'Budget'),
    )
  }
  return problems
}

function stageProblems(file: BudgetFile, sending: boolean): Problem[] {
  const { natDec, exercice, numDec, projetBudget, dteDec } = file.header
  const stage = stageOf(natDec)
  const problems: Problem[] = []
  if (!stage) {
    const list = Object.entries(stages)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([code, { label }]) => `${code} ${label.toLowerCase()}`)
      .join(', ')
    const text = `L’étape budgétaire « ${natDec} » (NatDec) n’existe pas. Codes admis : ${list}.`
    problems.push(fault('budget-stage', text, 'BlocBudget/NatDec'))
  }
  if (!/^(19|20|21)\d{2}$/.test(exercice)) {
    const text = `L’exercice « ${exercice} » (Exer) n’est pas une année sur quatre chiffres.`
    problems.push(fault('budget-exercise', text, 'BlocBudget/Exer'))
  }
  if (stage?.code === 'DM' && numDec === '') {
    const text =
      'La décision modificative n’a pas de numéro (NumDec) : le comptable la lira comme la n° 1. Indiquez son numéro.'
    problems.push(warning('budget-decision-number', text, 'BlocBudget/NumDec'))
  }
  if (/^(true|1)$/.test(projetBudget)) {
    const account = stage?.reading === 'account'
    const text = account
      ? 'Le document se dit « projet » (ProjetBudget) alors qu’il rend compte de l’exécution. Faites-le corriger avant l’envoi.'
      : 'Ce budget est un projet, non voté (ProjetBudget) : les totaux sont ceux des propositions. Il ne peut pas être transmis en l’état.'
    problems.push((sending && !account ? fault : warning)('budget-project', text, 'BlocBudget/ProjetBudget'))
  }
  if (sending && dteDec === '') {
    const text =
      'La date de la décision (DteDec) manque : le comptable et la préfecture la lisent. Complétez-la avant de sceller.'
    problems.push(warning('budget-decision-date', text, 'BlocBudget/DteDec'))
  }
  return problems
}

function siretProblems(file: BudgetFile): Problem[] {
  const { idEtab, idColl } = file.header
  const problems: Problem[] = []
  const check = (siret: string, element: string, what: string) => {
    if (!/^\d{14}$/.test(siret)) {
      const text = `Le SIRET ${what} « ${siret} » (${element}) n’a pas 14 chiffres (il en a ${siret.replace(/\D/g, '').length}). Corrigez-le dans le logiciel de finances.`
      problems.push(fault('budget-siret', text, element))
    } else if (!siretKeyIsRight(siret)) {
      const text = `Le SIRET ${what} « ${siret} » (${element}) a une clé de contrôle fausse : un chiffre est sans doute mal saisi.`
      problems.push(warning('budget-siret-key', text, element))
    }
  }
  if (idEtab !== '') check(idEtab, 'IdEtab', 'de l’établissement')
  if (idColl === '') {
    const text =
      'Le SIRET de la collectivité (IdColl) manque : Hélios l’exige. Complétez-le dans le logiciel de finances.'
    problems.push(warning('budget-siret-missing', text, 'EnTeteDocBudgetaire/IdColl'))
  } else if (/^\d{9}$/.test(idColl)) {
    const text = `IdColl porte un SIREN (${idColl}) et non un SIRET : Hélios attend les 14 chiffres.`
    problems.push(warning('budget-siret-missing', text, 'EnTeteDocBudgetaire/IdColl'))
  } else if (idColl !== idEtab) check(idColl, 'IdColl', 'de la collectivité')
  return problems
}

function nomenclatureProblems(file: BudgetFile): Problem[] {
  const { nomenclature } = file.header
  const place = 'EnTeteBudget/Nomenclature'
  const verdict = nomenclatureVerdict(nomenclature)
  if (verdict === 'unknown') {
    const text = `La nomenclature « ${nomenclature} » n’existe pas : aucun plan de comptes ne porte ce nom (on attend par exemple M57-M57_D, M57-M57_A ou M4-M49_D). Corrigez-la dans le logiciel de finances.`
    return [fault('budget-nomenclature', text, place)]
  }
  if (verdict === 'unchecked' || !findPlan(nomenclature)) {
    const text = `Le plan de comptes ${nomenclature} n’est pas fourni avec le logiciel : les sections sont déduites de la classe des comptes et les libellés peuvent manquer.`
    return [warning('budget-plan-absent', text, place)]
  }
  return []
}
