/** True when both are http(s) addresses of the same scheme, host and port. */
export function sameOrigin(url: string, origin: string | undefined): boolean {
  const parsed = parseWeb(url)
  return parsed !== undefined && origin !== undefined && parsed.origin === parseWeb(origin)?.origin
}

/** The address in its normal form when it may be given to the person's browser: http or https, no password in it. */
export function externalLink(url: string): string | undefined {
  const parsed = parseWeb(url)
  return parsed && parsed.username === '' && parsed.password === '' ? parsed.href : undefined
}

function parseWeb(url: string): URL | undefined {
  try {
    const parsed = new URL(url)
    return parsed.protocol === 'http:' || parsed.protocol === 'https:' ? parsed : undefined
  } catch {
    return undefined
  }
}
