/** A fictional budget file, in the form that sealing components write, for tests and for the demonstration commune. */
export type SampleLine = {
  nature: string
  direction: 'D' | 'R'
  chapter?: string
  fonction?: string
  /** 1 order; with `orderType` 1 inside a section, 2 between sections. */
  order?: boolean
  orderType?: '1' | '2'
  amounts?: Record<string, string>
}

const balancedLines: readonly SampleLine[] = [
  { nature: '60632', direction: 'D', chapter: '011', fonction: '20', amounts: { MtPrev: '600.00' } },
  {
    nature: '023',
    direction: 'D',
    chapter: '023',
    order: true,
    orderType: '2',
    amounts: { MtPrev: '400.10' },
  },
  { nature: '73111', direction: 'R', chapter: '731', amounts: { MtPrev: '900.10' } },
  { nature: '002', direction: 'R', amounts: { MtPrev: '100.00' } },
  { nature: '21312', direction: 'D', chapter: '21', amounts: { MtRARPrec: '50.10', MtPrev: '350.00' } },
  {
    nature: '021',
    direction: 'R',
    chapter: '021',
    order: true,
    orderType: '2',
    amounts: { MtPrev: '400.10' },
  },
]

const defaults = {
  natDec: '01',
  exercice: '2026',
  siret: '21459999900015',
  nomenclature: 'M57-M57_A',
  bloc: '',
  lines: balancedLines,
  tools: true,
}

const amountOrder = ['MtBudgPrec', 'MtRARPrec', 'MtPropNouv', 'MtPrev', 'CredOuv', 'MtReal', 'MtRAR3112']

/** Bytes (ISO-8859-1, CRLF, indent 3) of an unsealed fictional budget; `bloc` is markup put after Exer. */
export function sampleBudget(changes: Partial<typeof defaults> = {}): Uint8Array {
  const o = { ...defaults, ...changes }
  const rows = [
    '<?xml version="1.0" encoding="ISO-8859-1"?>',
    '<DocumentBudgetaire xmlns="http://www.minefi.gouv.fr/cp/demat/docbudgetaire">',
    '   <VersionSchema V="118"/>',
    ...(o.tools
      ? [
          '   <VersionOutil outil="DSC_COMMON" version="31"/>',
          '   <VersionOutil outil="REMAT" version="1_2026"/>',
        ]
      : []),
    '   <EnTeteDocBudgetaire>',
    '      <DteStr V="2026-12-10"/>',
    '      <LibellePoste V="SGC DE DÉMOVILLE"/>',
    '      <IdPost V="045999"/>',
    '      <LibelleColl V="DÉMOVILLE"/>',
    `      <IdColl V="${o.siret}"/>`,
    '      <NatCEPL V="Commune"/>',
    '   </EnTeteDocBudgetaire>',
    '   <Budget>',
    '      <EnTeteBudget>',
    '         <LibelleEtab V="BUDGET PRINCIPAL"/>',
    `         <IdEtab V="${o.siret}"/>`,
    '         <CodColl V="999"/>',
    '         <CodBud V="00"/>',
    `         <Nomenclature V="${o.nomenclature}"/>`,
    '      </EnTeteBudget>',
    '      <BlocBudget>',
    `         <NatDec V="${o.natDec}"/>`,
    `         <Exer V="${o.exercice}"/>`,
    ...(o.bloc ? [`         ${o.bloc}`] : []),
    '         <BudgPrec V="1"/>',
    '         <ReprRes V="1"/>',
    '         <NatFonc V="1"/>',
    '         <CodTypBud V="P"/>',
    '      </BlocBudget>',
    '      <InformationsGenerales/>',
    ...o.lines.flatMap(lineRows),
    '   </Budget>',
    '</DocumentBudgetaire>',
    '',
  ]
  return new Uint8Array(Buffer.from(rows.join('\r\n'), 'latin1'))
}

function lineRows(line: SampleLine): string[] {
  const element = (name: string, value: string | undefined) =>
    value === undefined ? [] : [`         <${name} V="${value}"/>`]
  return [
    '      <LigneBudget>',
    ...element('Nature', line.nature),
    ...element('Fonction', line.fonction),
    ...element('ContNat', line.chapter),
    ...element('CodRD', line.direction),
    ...amountOrder.flatMap((name) => element(name, line.amounts?.[name])),
    ...element('OpBudg', line.order ? '1' : '0'),
    ...element('TypOpBudg', line.orderType),
    '      </LigneBudget>',
  ]
}
