type Translation = readonly [RegExp, (...groups: string[]) => string]

/** Names as libxml2 prints them ("{namespace}Name") without the namespace. */
const local = (name: string): string => name.replace(/\{[^}]*\}/g, '').trim()
const list = (names: string): string =>
  names
    .split(',')
    .map((name) =>
      local(name)
        .replace(/^##other.*$/, 'un élément d’un autre espace de noms')
        .replace(/^\*$/, 'un élément libre'),
    )
    .filter((name) => name !== '')
    .map((name) => `<${name}>`)
    .join(', ')

const firstMatch = (table: readonly Translation[], message: string): string | undefined => {
  for (const [pattern, say] of table) {
    const match = pattern.exec(message)
    if (match) return say(...match.slice(1).map((group) => group ?? ''))
  }
  return undefined
}

const parseTable: readonly Translation[] = [
  [
    /Opening and ending tag mismatch: (\S+) line (\d+) and (\S+)/,
    (a, l, b) => `la balise <${a}> ouverte à la ligne ${l} est fermée par </${b}>`,
  ],
  [
    /Premature end of data in tag (\S+) line (\d+)/,
    (a, l) => `le fichier s’arrête avant la fin de <${a}>, ouvert à la ligne ${l} (fichier tronqué ?)`,
  ],
  [
    /EndTag: '<\/' not found|Couldn't find end of Start Tag|Premature end|unexpected end/i,
    () => 'le fichier s’arrête au milieu d’une balise (fichier tronqué ?)',
  ],
  [/Start tag expected/, () => 'ce n’est pas un document XML (aucune balise ouvrante)'],
  [/Document is empty/, () => 'le document est vide'],
  [/Extra content at the end/, () => 'il reste du texte après la fin du document'],
  [
    /Entity '([^']+)' not defined/,
    (name) => `l’entité &${name}; n’est pas définie ; seules &amp; &lt; &gt; &quot; &apos; sont admises`,
  ],
  [/EntityRef|xmlParseEntityRef/, () => 'un « & » isolé doit s’écrire &amp;'],
  [
    /not proper UTF-8|invalid byte|Invalid bytes|encoding error|input conversion failed/i,
    () => 'les caractères ne correspondent pas au jeu de caractères annoncé par la déclaration XML',
  ],
  [/Attribute (\S+) redefined/, (name) => `l’attribut « ${name} » est répété`],
  [
    /Namespace prefix (\S+)(?: for \S+)? on (\S+) is not defined/,
    (p, n) => `le préfixe « ${p} » de « ${n} » n’est pas déclaré`,
  ],
  [/AttValue: " or ' expected/, () => 'une valeur d’attribut doit être entre guillemets'],
  [/attributes construct error/, () => 'un attribut est mal écrit'],
  [/Unescaped '<' not allowed/, () => 'un « < » dans une valeur d’attribut doit s’écrire &lt;'],
  [
    /PCDATA invalid Char value (\d+)|invalid Char|xmlParseCharRef/,
    () => 'un caractère interdit en XML se trouve dans le texte',
  ],
  [
    /XML declaration allowed only at the start/,
    () => 'la déclaration XML doit être au tout début du fichier',
  ],
  [/Comment|comment/, () => 'un commentaire est mal écrit'],
]

/** French reason for a parse error of libxml2, without final full stop. Unknown messages are quoted as they are. */
export const parseErrorInFrench = (message: string): string =>
  firstMatch(parseTable, message) ?? `le lecteur XML indique « ${message.trim()} »`

const facetTable: readonly Translation[] = [
  [
    /The value '([\s\S]*)' is not accepted by the pattern '([\s\S]*)'\./,
    (v, p) => `la valeur « ${v} » n’a pas la forme attendue (motif ${p})`,
  ],
  [
    /The value '([\s\S]*)' is not an element of the set \{([\s\S]*)\}\./,
    (v, s) => `la valeur « ${v} » n’est pas dans la liste admise : ${s.replaceAll("'", '')}`,
  ],
  [
    /The value (?:'([\s\S]*)' )?has a length of '(\d+)'; this exceeds the allowed maximum length of '(\d+)'/,
    (_v, n, max) => `le texte fait ${n} caractères ; le maximum est ${max}`,
  ],
  [
    /The value (?:'([\s\S]*)' )?has a length of '(\d+)'; this underruns the allowed minimum length of '(\d+)'/,
    (_v, n, min) => `le texte fait ${n} caractères ; le minimum est ${min}`,
  ],
  [
    /The value (?:'([\s\S]*)' )?has a length of '(\d+)'; this differs from the allowed length of '(\d+)'/,
    (_v, n, want) => `le texte fait ${n} caractères au lieu de ${want}`,
  ],
  [
    /The value '([\s\S]*)' is less than the minimum value allowed \('([^']*)'\)/,
    (v, m) => `la valeur ${v} est inférieure au minimum ${m}`,
  ],
  [
    /The value '([\s\S]*)' is greater than the maximum value allowed \('([^']*)'\)/,
    (v, m) => `la valeur ${v} est supérieure au maximum ${m}`,
  ],
  [
    /The value '([\s\S]*)' must be (less|greater) than( or equal to)? '([^']*)'/,
    (v, way, _e, m) => `la valeur ${v} doit être ${way === 'less' ? 'inférieure' : 'supérieure'} à ${m}`,
  ],
  [
    /The value '([\s\S]*)' has more fractional digits than are allowed \('(\d+)'\)/,
    (v, n) => `la valeur ${v} a plus de ${n} décimale(s)`,
  ],
  [
    /The value '([\s\S]*)' has more digits than are allowed \('(\d+)'\)/,
    (v, n) => `la valeur ${v} a plus de ${n} chiffres`,
  ],
]

const schemaTable: readonly Translation[] = [
  [
    /This element is not expected\. Expected is one of \( ([\s\S]*) \)/,
    (names) => `cet élément n’est pas attendu ici ; attendu : l’un de ${list(names)}`,
  ],
  [
    /This element is not expected\. Expected is \( ([\s\S]*) \)/,
    (names) => `cet élément n’est pas attendu ici ; attendu : ${list(names)}`,
  ],
  [
    /This element is not expected\./,
    () => 'cet élément n’est pas attendu ici ; supprimez-le ou vérifiez l’ordre',
  ],
  [
    /Missing child element\(s\)\. Expected is one of \( ([\s\S]*) \)/,
    (names) => `il manque un élément : l’un de ${list(names)}`,
  ],
  [
    /Missing child element\(s\)\. Expected is \( ([\s\S]*) \)/,
    (names) => `il manque l’élément ${list(names)}`,
  ],
  [/Missing child element/, () => 'il manque un élément'],
  [
    /The attribute '([^']+)' is required but missing/,
    (name) => `l’attribut obligatoire « ${local(name)} » est absent`,
  ],
  [
    /The attribute '([^']+)' is not allowed/,
    (name) => `l’attribut « ${local(name)} » n’est pas admis (préfixe manquant ?)`,
  ],
  ...facetTable,
  [
    /'([\s\S]*)' is not a valid value of the (?:local )?(?:atomic|union|list) type(?: '([^']*)')?/,
    (v, type) => `la valeur « ${v} » n’est pas valide${type === '' ? '' : ` pour le type ${local(type)}`}`,
  ],
  [
    /No matching global declaration available for the validation root/,
    () => 'cet élément racine n’est pas décrit par le schéma',
  ],
  [/No matching global element declaration available/, () => 'cet élément n’est pas décrit par le schéma'],
  [
    /Character content other than whitespace is not allowed|Character content is not allowed/,
    () => 'du texte se trouve là où seuls des éléments sont admis',
  ],
  [/Element content is not allowed/, () => 'cet élément ne peut pas contenir d’éléments'],
  [/Duplicate key-sequence \[([\s\S]*)\]/, (key) => `l’identifiant ${key} est utilisé deux fois`],
  [
    /No match found for key-sequence \[([\s\S]*)\]/,
    (key) => `la référence ${key} ne correspond à aucun identifiant`,
  ],
  [/The element is not 'nillable'/, () => 'xsi:nil n’est pas admis ici'],
  [/The type definition is abstract/, () => 'le type de l’élément est abstrait : précisez xsi:type'],
]

/** French sentence, with element and attribute, for a schema error of libxml2. */
export function schemaErrorInFrench(message: string): string {
  const subject = /^Element '([^']+)'(?:, attribute '([^']+)')?: /.exec(message)
  const rest = subject ? message.slice(subject[0].length) : message
  const said = firstMatch(schemaTable, rest) ?? `le validateur indique « ${rest.trim()} »`
  if (!subject) return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`
  const element = local(subject[1] ?? '')
  if (said.endsWith(`attendu : <${element}>`)) {
    return `Élément <${element}> : il est attendu ici, mais dans un autre espace de noms (${/Expected is \( \{([^}]*)\}/.exec(rest)?.[1] ?? 'aucun'}).`
  }
  const place =
    subject[2] === undefined ? `Élément <${element}>` : `Attribut « ${local(subject[2])} » de <${element}>`
  return `${place} : ${said}.`
}
