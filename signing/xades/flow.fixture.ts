/** A small PES_Aller for tests of signatures: two bordereaux of mandats and one of titres, invented. Bytes in ISO-8859-1 or UTF-8. */
export function exampleFlow(
  options: {
    encoding?: 'ISO-8859-1' | 'UTF-8'
    dematerialised?: '0' | '1'
    eol?: string
    trailing?: string
    rootId?: string
    ids?: [string, string, string]
  } = {},
): Uint8Array {
  const encoding = options.encoding ?? 'ISO-8859-1'
  const flag = options.dematerialised ?? '1'
  const [a, b, c] = options.ids ?? ['BORD41', 'BORD42', 'BORDREC7']
  const id = (value: string) => (value ? ` Id="${value}"` : '')
  const text = `<?xml version="1.0" encoding="${encoding}"?>
<!-- <Bordereau Id="FAUX"> dans un commentaire -->
<n:PES_Aller xmlns:n="http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller"${id(options.rootId ?? 'FLUX1')}>
  <Enveloppe><Parametres><NomFic V="FLUX_ÉTÉ"/></Parametres></Enveloppe>
  <PES_DepenseAller>
    <EnTeteDepense><IdVer V="2"/><InfoDematerialisee V="${flag}"/></EnTeteDepense>
    <Bordereau${id(a)}>
      <BlocBordereau><IdBord V="41"/><MtBordHT V="354.60"/></BlocBordereau>
      <Piece><Obj V="Réfection de l'école &amp; du préau"/><!-- note --><Texte>a <![CDATA[</Bordereau>]]> b</Texte></Piece>
    </Bordereau>
    <Bordereau  Id='${b}' >
      <BlocBordereau><IdBord V="42"/><MtBordHT V="1200.00"/></BlocBordereau>
    </Bordereau >
  </PES_DepenseAller>
  <PES_RecetteAller>
    <EnTeteRecette><IdVer V="2"/><InfoDematerialisee V="${flag}"/></EnTeteRecette>
    <Bordereau${id(c)}><BlocBordereau><IdBord V="7"/><MtBordHt V="45.50"/></BlocBordereau></Bordereau>
  </PES_RecetteAller>
  <PES_PJ><PJ><Contenu><Fichier MIMEType="application/pdf">JVBERi0=</Fichier></Contenu></PJ></PES_PJ>
</n:PES_Aller>${options.trailing ?? '\n'}`.replaceAll('\n', options.eol ?? '\n')
  return new Uint8Array(Buffer.from(text, encoding === 'UTF-8' ? 'utf8' : 'latin1'))
}
