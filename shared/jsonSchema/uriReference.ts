/** What stands for an address where a schema says none. */
export const namelessUri = 'schema:/'

const parts = /^(?:([a-zA-Z][\w+.-]*):)?(\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?/

/** The address that a reference means where `base` is that of what it stands in (RFC 3986 §5.2), and its fragment. */
export const resolveReference = (
  reference: string,
  base: string,
): { readonly uri: string; readonly fragment: string } => {
  const hash = reference.indexOf('#')
  const address = hash < 0 ? reference : reference.slice(0, hash)
  const fragment = hash < 0 ? '' : decoded(reference.slice(hash + 1))
  return { uri: address === '' ? base : resolved(address, base), fragment }
}

const resolved = (address: string, base: string): string => {
  const [, scheme, authority, path = '', query = ''] = parts.exec(address) ?? []
  if (scheme !== undefined) return address
  const [, baseScheme = '', baseAuthority = '', basePath = ''] = parts.exec(base) ?? []
  if (authority !== undefined) return `${baseScheme}:${address}`
  const folder = path.startsWith('/') ? '' : basePath.slice(0, basePath.lastIndexOf('/') + 1)
  return `${baseScheme}:${baseAuthority}${withoutDots(folder + path)}${query}`
}

const withoutDots = (path: string): string => {
  const kept: string[] = []
  const steps = path.split('/')
  for (const [index, step] of steps.entries()) {
    if (step === '..') {
      if (kept.length > 1) kept.pop()
    } else if (step !== '.') kept.push(step)
    if (index === steps.length - 1 && (step === '.' || step === '..')) kept.push('')
  }
  return kept.join('/')
}

const decoded = (fragment: string): string => {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
