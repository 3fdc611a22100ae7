/** A signature policy as the file names it. `hash` is base64, exactly as written in the file. */
export type SignaturePolicy = {
  identifier: string
  description: string
  hashAlgorithm: 'SHA-256' | 'SHA-1'
  hash: string
  spuri: string
}

/** DGFiP policy in use since 2018. Its PDF was not at hand: the hash is the one two unrelated vendors write. */
export const DGFIP_POLICY: SignaturePolicy = {
  identifier: 'urn:oid:1.2.250.1.131.1.5.18.21.1.7',
  description: 'Politique de signature Helios de la DGFiP',
  hashAlgorithm: 'SHA-256',
  hash: 'roF9+cfRHNPtVJolhdqfIqGMVuUXX8aR4rpiquf0u5E=',
  spuri:
    'https://www.collectivites-locales.gouv.fr/files/files/finances_locales/dematerialisation/ps_helios_dgfip.pdf',
}

/** DGFiP policy of 9 February 2011, met in files of 2015 to 2017. Read, never written. */
export const DGFIP_POLICY_2011: SignaturePolicy = {
  identifier: 'urn:oid:1.2.250.1.131.1.5.18.21.1.4',
  description: 'Politique de signature Helios de la DGFiP',
  hashAlgorithm: 'SHA-1',
  hash: 'Jkdb+aba0Hz6+ZPKmKNhPByzQ+Q=',
  spuri: 'https://portail.dgfip.finances.gouv.fr/documents/PS_Helios_DGFiP.pdf',
}

/** Policies accepted without a remark by the verifier, unless the caller gives its own list. */
export const KNOWN_POLICIES: readonly SignaturePolicy[] = [DGFIP_POLICY, DGFIP_POLICY_2011]
