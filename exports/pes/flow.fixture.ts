import { gzipSync } from 'node:zlib'

/** A small PES_Aller for tests, invented, valid against the 5.17 schema as it stands. Pieces of text can be replaced. */
export function exampleFlow(...replacements: [from: string, to: string][]): Uint8Array {
  let text = TEXT
  for (const [from, to] of replacements) {
    if (!text.includes(from)) throw new Error(`fixture: ${from} not found`)
    text = text.replace(from, to)
  }
  return new Uint8Array(Buffer.from(text, 'latin1'))
}

export const packed = (content: string): string => gzipSync(Buffer.from(content, 'latin1')).toString('base64')

const TEXT = `<?xml version="1.0" encoding="ISO-8859-1"?>
<n:PES_Aller xmlns:n="http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller" Id="FLUX2026001">
  <Enveloppe>
    <Parametres><Version V="2"/><TypFic V="PESALR2"/><NomFic V="FLUX_ESSAI_001"/></Parametres>
    <Emetteur><Sigle V="ESSAI"/><Adresse V="Logiciel 1.0"/></Emetteur>
  </Enveloppe>
  <EnTetePES>
    <DteStr V="2026-03-10"/><IdPost V="099001"/><IdColl V="21990001000014"/><CodCol V="101"/><CodBud V="00"/>
    <LibelleColBud V="Commune d'Été"/>
  </EnTetePES>
  <PES_DepenseAller>
    <EnTeteDepense><IdVer V="2"/><InfoDematerialisee V="1"/></EnTeteDepense>
    <Bordereau Id="BORDDEP41">
      <BlocBordereau>
        <Exer V="2026"/><IdBord V="0041"/><DteBordEm V="2026-03-10"/><TypBord V="01"/><NbrPce V="2"/>
        <MtCumulAnnuel V="15354.60"/><MtBordHT V="12345.60"/><MtBordTVA V="0.20"/>
      </BlocBordereau>
      <Piece>
        <BlocPiece><InfoPce><IdPce V="101"/><TypPce V="01"/><NatPce V="01"/><Obj V="Réfection du préau"/>
          <PJRef><Support V="01"/><IdUnique V="PJ0001"/><NomPJ V="facture.pdf"/><TypePJ V="003"/></PJRef>
          <PJRef><Support V="02"/><IdUnique V="PAPIER1"/><NomPJ V="plan.pdf"/></PJRef>
        </InfoPce></BlocPiece>
        <LigneDePiece>
          <BlocLignePiece><InfoLignePce><IdLigne V="1"/><Nature V="615221"/><Fonction V="211"/><ModRegl V="03"/><TVAIntraCom V="0"/><MtHT V="0.10"/><MtTVA V="0.20"/></InfoLignePce></BlocLignePiece>
          <Tiers>
            <InfoTiers><CatTiers V="50"/><NatJur V="03"/><Nom V="TRAVAUX"/></InfoTiers>
            <Adresse><TypAdr V="1"/><Adr2 V="1 rue Neuve"/><CP V="99000"/><Ville V="TESTVILLE"/><CodRes V="0"/></Adresse>
            <CpteBancaire><BIC V="AGRIFRPP"/><IBAN V="FR7630006000011234567890189"/><TitCpte V="TRAVAUX"/></CpteBancaire>
          </Tiers>
        </LigneDePiece>
        <LigneDePiece>
          <BlocLignePiece><InfoLignePce><IdLigne V="2"/><Nature V="615221"/><ModRegl V="08"/><TVAIntraCom V="0"/><MtHT V="0.20"/></InfoLignePce></BlocLignePiece>
        </LigneDePiece>
      </Piece>
      <Piece>
        <BlocPiece><InfoPce><IdPce V="102"/><TypPce V="01"/><NatPce V="01"/></InfoPce></BlocPiece>
        <LigneDePiece>
          <BlocLignePiece><InfoLignePce><IdLigne V="1"/><Nature V="6064"/><ModRegl V="08"/><TVAIntraCom V="0"/><MtHT V="12345.30"/></InfoLignePce></BlocLignePiece>
        </LigneDePiece>
      </Piece>
    </Bordereau>
  </PES_DepenseAller>
  <PES_RecetteAller>
    <EnTeteRecette><IdVer V="2"/><InfoDematerialisee V="1"/></EnTeteRecette>
    <Bordereau Id="BORDREC41">
      <BlocBordereau>
        <Exer V="2026"/><IdBord V="41"/><DteBordEm V="2026-03-10"/><TypBord V="01"/><NbrPce V="1"/><MtCumulAnnuel V="45.50"/><MtBordHt V="45.50"/>
      </BlocBordereau>
      <Piece>
        <BlocPiece><IdPce V="12"/><TypPce V="01"/><NatPce V="01"/><ObjPce V="Cantine"/></BlocPiece>
        <LigneDePiece>
          <BlocLignePiece><InfoLignePiece><IdLigne V="1"/><CodProdLoc V="CANT"/><Nature V="7067"/><Majo V="0"/><TvaIntraCom V="0"/><MtHT V="45.50"/></InfoLignePiece></BlocLignePiece>
          <Tiers>
            <InfoTiers><CatTiers V="01"/><NatJur V="01"/><TypTiers V="01"/><Civilite V="MME"/><Nom V="EXEMPLE"/><Prenom V="AMÉLIE"/></InfoTiers>
            <Adresse><TypAdr V="1"/><Adr2 V="2 place de la Mairie"/><CP V="99000"/><Ville V="TESTVILLE"/><CodRes V="0"/></Adresse>
          </Tiers>
        </LigneDePiece>
      </Piece>
    </Bordereau>
  </PES_RecetteAller>
  <PES_PJ>
    <EnTetePES_PJ><IdVer V="1"/></EnTetePES_PJ>
    <PJ>
      <Contenu><Fichier MIMEType="application/pdf">${packed('%PDF-1.4 essai')}</Fichier></Contenu>
      <IdUnique V="PJ0001"/><NomPJ V="facture.pdf"/><TypePJ V="003"/><Description V="Facture"/>
    </PJ>
  </PES_PJ>
</n:PES_Aller>
`
