/**
 * Names of the elements that the schema 5.17 knows under Enveloppe, EnTetePES, PES_DepenseAller, PES_RecetteAller and
 * PES_PJ. Anything else is kept in the file and only mentioned: later releases add elements.
 */
export const KNOWN_ELEMENTS: ReadonlySet<string> = new Set(
  `Adr1 Adr2 Adr3 Adresse Affect AncienIBAN AncienICS AncienRUM AncienTiersCreancier AncienneBanque BIC BlocBordereau
  BlocLignePiece BlocPiece Bordereau CP CarteAchatNiveau1 CatTiers Civilite Cle1 Cle2 CleRib CodAssDeb CodAyantDroit CodBud
  CodBudBen CodCol CodCollBen CodEtGeo CodIntMor CodOpSpec CodPays CodProdLoc CodRes CodServ CodeCommune CodeDeptDomCom
  CodeEtab CodeGuic CodePays CodeService ComplNom ComplementIdentifiant Contenu CptAna CpteBancaire CpteTiers DGP
  DateSignMandat DebFact Description Dgp Domaine DteAdr DteAsp DteBanc DteBordEm DteDebDgp DteEch DteFinDgp DteIdTiers
  DteMajo DteNaissance DtePrel DteReco DteStr DureeDgp Edition Emetteur EnTeteDepense EnTetePES EnTetePES_PJ EnTeteRecette
  Enveloppe Etranger Exer ExerRat Exercice Facture Fichier FinFact FinGeo FinJur Fonction IBAN IdActif IdBancInt IdBord
  IdCaution IdColl IdCollBen IdConv IdCpte IdEmpruntOrdo IdEncaissement IdLigne IdLigneOrig IdMarche IdOpSpec IdPayInt IdPce
  IdPceOrig IdPost IdRegie IdRol IdTiers IdUnique IdVer Identifiant InfoAssure InfoCollBen InfoDematerialisee InfoLignePce
  InfoLignePiece InfoPce InfoPrelevement InfoPrelevementSEPA InfoTVAHLM InfoTiers LibBanc LibPrel LibVir1 LibVir2
  LibelleColBud LibelleCommune LibellePays LibellePoste LiensIdent LieuNaissance LigneDePiece Majo MetropoleDomCom ModRegl
  MtBordHT MtBordHt MtBordTVA MtCumulAnnuel MtFactHT MtHT MtHtRes MtNonMajo MtPrel MtReco MtTVA NatIdTiers NatJur NatPce
  NatPceOrig NatPrel Nature NbrPce NeEnFrance Nom NomFic NomPJ NomService NumDette NumeroEngagement NumeroFacture
  NumeroMarche Obj ObjLignePce ObjPce Objet OpSpec Operation PES_DepenseAller PES_PJ PES_RecetteAller PJ PJRef Parametres Per
  PerPrel Piece Prenom RattachPiece RecTVA Recepteur Recouvrement RefCompta RefTiers RefUniMdt SequencePres ServeurId Sigle
  Signature Support TVAIntraCom Tiers TitCpte TitCpteDiff TvaIntraCom TxIntMor TxMajo TxTva TypAdr TypBord TypFic TypFlux
  TypPce TypTiers TypeObjet TypePJ Version Ville`
    .trim()
    .split(/\s+/),
)

/** Blocks of a PES_Aller that are carried as they are. */
export const UNDETAILED_BLOCKS: ReadonlySet<string> = new Set(['PES_Facture', 'PES_Marche'])
