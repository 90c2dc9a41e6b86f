import type { Problems } from './profileDraft'

export const formSections = ['general', 'session', 'tls', 'will', 'subscriptions'] as const
export type FormSection = (typeof formSections)[number]

const sessionPaths: ReadonlySet<string> = new Set([
  'keepaliveSeconds',
  'connectTimeoutSeconds',
  'cleanStart',
  'lenient',
  'sessionExpirySeconds',
  'subscriptionIdentifiers',
])

/** The section that holds a field, by its dotted path. */
export const sectionOf = (path: string): FormSection => {
  if (sessionPaths.has(path) || path.startsWith('reconnect')) return 'session'
  if (path.startsWith('tls') || path === 'keyPassphrase') return 'tls'
  if (path.startsWith('will')) return 'will'
  return path.startsWith('subscriptions') ? 'subscriptions' : 'general'
}

/** Fields from top to bottom, where the order the schema finds them in is another. */
const readingOrder = ['name', 'folder', 'scheme', 'host', 'port', 'path', 'protocolVersion', 'clientId', 'username']

const rank = (path: string): number => {
  const place = readingOrder.indexOf(path)
  return formSections.indexOf(sectionOf(path)) * 100 + (place < 0 ? readingOrder.length : place)
}

/** The field to jump to. */
export const firstProblemPath = (problems: Problems): string | null =>
  Object.keys(problems).sort((one, other) => rank(one) - rank(other))[0] ?? null

export const problemCount = (problems: Problems, section: FormSection): number =>
  Object.keys(problems).filter((path) => sectionOf(path) === section).length
