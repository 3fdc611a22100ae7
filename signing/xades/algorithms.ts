/** Algorithm identifiers of XML signatures, and what the DGFiP profile thinks of them. */
export const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#'
export const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
export const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
export const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256'

type Digest = { hash: string; obsolete: boolean }

export const DIGESTS: Readonly<Record<string, Digest>> = {
  'http://www.w3.org/2000/09/xmldsig#sha1': { hash: 'sha1', obsolete: true },
  [SHA256]: { hash: 'sha256', obsolete: false },
  'http://www.w3.org/2001/04/xmldsig-more#sha384': { hash: 'sha384', obsolete: false },
  'http://www.w3.org/2001/04/xmlenc#sha512': { hash: 'sha512', obsolete: false },
}

export const SIGNATURES: Readonly<Record<string, Digest & { key: 'rsa' | 'ec' }>> = {
  'http://www.w3.org/2000/09/xmldsig#rsa-sha1': { hash: 'sha1', obsolete: true, key: 'rsa' },
  [RSA_SHA256]: { hash: 'sha256', obsolete: false, key: 'rsa' },
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384': { hash: 'sha384', obsolete: false, key: 'rsa' },
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512': { hash: 'sha512', obsolete: false, key: 'rsa' },
}

type Canonicalisation = { mode: 'exclusive' | 'inclusive'; withComments: boolean }

export const CANONICALISATIONS: Readonly<Record<string, Canonicalisation>> = {
  [EXC_C14N]: { mode: 'exclusive', withComments: false },
  [`${EXC_C14N}WithComments`]: { mode: 'exclusive', withComments: true },
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315': { mode: 'inclusive', withComments: false },
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments': { mode: 'inclusive', withComments: true },
  'http://www.w3.org/2006/12/xml-c14n11': { mode: 'inclusive', withComments: false },
}

export const XADES_NAMESPACES = {
  '1.1.1': 'http://uri.etsi.org/01903/v1.1.1#',
  '1.2.2': 'http://uri.etsi.org/01903/v1.2.2#',
} as const

export type XadesVersion = keyof typeof XADES_NAMESPACES
