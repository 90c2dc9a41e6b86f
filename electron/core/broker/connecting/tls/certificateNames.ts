import type { X509Certificate } from 'node:crypto'

/** Texts of a certificate are shown in the window, and whoever made it chose them. */
const longest = 300

/** A distinguished name, which Node writes line by line, in one. */
export const lineOf = (name: string | undefined): string => cut((name ?? '').split('\n').join(', '))

const partsOf = (name: string | undefined): ReadonlyMap<string, string> =>
  new Map(
    (name ?? '').split('\n').map((line) => {
      const [type = '', ...value] = line.split('=')
      return [type, value.join('=')]
    }),
  )

/**
 * The name that people use for a distinguished name: its common name, else its unit or organization, else all of it.
 */
export const calledOf = (name: string | undefined): string => {
  const parts = partsOf(name)
  return cut(parts.get('CN') ?? parts.get('OU') ?? parts.get('O') ?? lineOf(name))
}

export const organizationOf = (name: string | undefined): string | undefined => partsOf(name).get('O')

export const commonNameOf = (certificate: X509Certificate): string | undefined => partsOf(certificate.subject).get('CN')

export interface AltName {
  readonly kind: string
  readonly name: string
}

/** Node quotes a name that holds a comma or a quote, as JSON does, so that nobody can pass one name off as two. */
const altNamePattern = /(?:^|, )([A-Za-z0-9 ]+):("(?:[^"\\]|\\.)*"|[^,]*)/g

const unquoted = (text: string): string => {
  if (!text.startsWith('"')) return text
  try {
    return String(JSON.parse(text))
  } catch {
    return text
  }
}

/** The Subject Alternative Names of a certificate. */
export const altNamesOf = (certificate: X509Certificate): readonly AltName[] =>
  [...(certificate.subjectAltName ?? '').matchAll(altNamePattern)].map(([, kind = '', name = '']) => ({
    kind,
    name: cut(unquoted(name)),
  }))

const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text)
