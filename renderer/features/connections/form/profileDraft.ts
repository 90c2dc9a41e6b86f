import {
  defaultPorts,
  profileSchema,
  usesWebSocket,
  type Profile,
  type ProfileEntry,
  type Scheme,
  type SecretChange,
  type SecretChanges,
  type SecretKeeping,
  type SecretName,
} from '#shared/model/profile'
import { bytesFromText } from '#shared/encoding/payloadInFormat'
import { isSamePlace } from '#shared/model/secretPlace'
import { hostProblem, pathProblem } from './hostProblem'
import { numberPaths, optionalNumbers, valueAt, withValueAt, type NumberPath, type TextPath } from './profilePaths'

export interface SecretDraft {
  readonly keeping: SecretKeeping
  /** What was typed; '' leaves what is stored. */
  readonly typed: string
  readonly forget: boolean
}

/**
 * A profile while it is edited. Numbers are the text as typed, so that bad input gets its message beside the field and
 * nothing typed is lost.
 */
export interface ProfileDraft {
  /** As it stands in the form, good or bad; its numbers are those it was opened with. */
  readonly profile: Profile
  readonly numbers: Readonly<Partial<Record<NumberPath, string>>>
  readonly secrets: Readonly<Record<SecretName, SecretDraft>>
}

export const draftOf = (profile: Profile, secrets?: ProfileEntry['secrets']): ProfileDraft => ({
  profile,
  numbers: Object.fromEntries(numberPaths.map((path) => [path, numberText(valueAt(profile, path))])),
  secrets: {
    password: secretDraft(secrets?.password ?? 'none'),
    keyPassphrase: secretDraft(secrets?.keyPassphrase ?? 'none'),
    proxyPassword: secretDraft(secrets?.proxyPassword ?? 'none'),
  },
})

/** An optional number that is not set stands there as nothing. */
const numberText = (value: unknown): string => (typeof value === 'number' ? String(value) : '')

const secretDraft = (keeping: SecretKeeping): SecretDraft => ({ keeping, typed: '', forget: false })

/** What stands in a field for text or a number; undefined for every other field. */
export const textAt = ({ profile, numbers }: ProfileDraft, path: string): string | undefined => {
  if (isNumberPath(path)) return numbers[path]
  const value = valueAt(profile, path)
  return typeof value === 'string' ? value : undefined
}

export const withText = (draft: ProfileDraft, path: TextPath | NumberPath, text: string): ProfileDraft =>
  isNumberPath(path)
    ? { ...draft, numbers: { ...draft.numbers, [path]: text } }
    : { ...draft, profile: withValueAt(draft.profile, path, text) }

export const isNumberPath = (path: string): path is NumberPath => (numberPaths as readonly string[]).includes(path)

/**
 * -1 for anything but whole decimal digits: `1e3`, `0x50` and '' are no ports. It is outside every range, and unlike NaN it
 * does not keep the schema from checking the other fields.
 */
const wholeNumber = (text: string): number => (/^\d+$/.test(text.trim()) ? Number(text.trim()) : -1)

const numberOf = (path: string, text: string): number | null =>
  text.trim() === '' && optionalNumbers.has(path) ? null : wholeNumber(text)

const candidateOf = ({ profile, numbers }: ProfileDraft): Profile =>
  numberPaths.reduce(
    (candidate, path) => withValueAt(candidate, path, numberOf(path, numbers[path] ?? '')),
    // As the schema does.
    { ...profile, host: profile.host.trim() },
  )

/** Whether what is stored was entered for another place than the changed draft leads to, so that saving forgets it. */
export const isLeftBehind = (initial: ProfileDraft, draft: ProfileDraft, name: SecretName): boolean =>
  draft.secrets[name].keeping !== 'none' && !isSamePlace(candidateOf(initial), candidateOf(draft), name)

/** Code of the first problem of each field (a key of `profile.problems`), by dotted path. */
export type Problems = Readonly<Record<string, string>>

export type CheckedDraft =
  | { readonly profile: Profile; readonly problems: null }
  | { readonly profile: null; readonly problems: Problems }

/** The profile a draft stands for, or what keeps it from being one. */
export const checkDraft = (draft: ProfileDraft): CheckedDraft => {
  const { profile } = draft
  const parsed = profileSchema.safeParse(candidateOf(draft))
  const problems = new Map<string, string>()
  const host = hostProblem(profile.host)
  if (host !== null) problems.set('host', host)
  const path = usesWebSocket(profile.scheme) ? pathProblem(profile.path) : null
  if (path !== null) problems.set('path', path)
  for (const { path, message } of parsed.error?.issues ?? [])
    if (!problems.has(path.join('.'))) problems.set(path.join('.'), message)
  if (lacksUsername(profile) && !problems.has('username')) problems.set('username', 'usernameNeeded')
  if (!isPasswordInFormat(draft)) problems.set('password', 'notInFormat')
  if (hasTwoIdentities(profile) && !problems.has('tls.pkcs12File')) problems.set('tls.pkcs12File', 'pkcs12OrPair')
  if (parsed.success && problems.size === 0) return { profile: parsed.data, problems: null }
  return { profile: null, problems: Object.fromEntries(problems) }
}

/** MQTT 3.1.1 §3.1.2.9 [MQTT-3.1.2-22]: no password without a user name; MQTT 5 lifted it. */
const lacksUsername = ({ protocolVersion, usePassword, username }: Profile): boolean =>
  protocolVersion !== '5' && usePassword && username === ''

/** What is typed now; what is stored is not known here. */
const isPasswordInFormat = ({ profile, secrets }: ProfileDraft): boolean =>
  bytesFromText(secrets.password.typed, profile.passwordFormat).ok

/** One of them would be shown to the broker and the other silently left out. Profiles saved with both still connect. */
const hasTwoIdentities = ({ tls }: Profile): boolean =>
  tls.pkcs12File !== '' && (tls.certificateFile !== '' || tls.keyFile !== '')

export const secretChangesOf = ({ secrets }: ProfileDraft): SecretChanges => ({
  password: secretChange(secrets.password),
  keyPassphrase: secretChange(secrets.keyPassphrase),
  proxyPassword: secretChange(secrets.proxyPassword),
})

const secretChange = ({ typed, forget }: SecretDraft): SecretChange => {
  if (typed !== '') return { change: 'set', value: typed }
  return forget ? { change: 'set', value: '' } : { change: 'keep' }
}

/** Another scheme; the port follows as long as it is the one of the scheme before. */
export const withScheme = (draft: ProfileDraft, scheme: Scheme): ProfileDraft => {
  const port = textAt(draft, 'port') ?? ''
  const follows = wholeNumber(port) === defaultPorts[draft.profile.scheme]
  const changed = { ...draft, profile: { ...draft.profile, scheme } }
  return follows ? withText(changed, 'port', String(defaultPorts[scheme])) : changed
}

/** Another secret as it is typed, forgotten or kept. */
export const withSecret = (draft: ProfileDraft, name: SecretName, change: Partial<SecretDraft>): ProfileDraft => ({
  ...draft,
  secrets: { ...draft.secrets, [name]: { ...draft.secrets[name], ...change } },
})

/** To type a password says that the broker wants one. Once the field is empty, it is as before whether one is wanted. */
export const withTypedPassword = (draft: ProfileDraft, typed: string, wantedBefore: boolean): ProfileDraft => ({
  ...withSecret(draft, 'password', { typed }),
  profile: { ...draft.profile, usePassword: typed !== '' || wantedBefore },
})

/** Whether what may be to blame for a failure at `path` is as it was when the form was opened. */
export const isUntouched = (initial: ProfileDraft, draft: ProfileDraft, path: string): boolean => {
  // A failure of TLS may be mended at another field than the one it blames.
  if (path.startsWith('tls.') || path === 'keyPassphrase') return tlsPartOf(initial) === tlsPartOf(draft)
  if (path.startsWith('network.')) return networkPartOf(initial) === networkPartOf(draft)
  return textAt(initial, path) === textAt(draft, path)
}

const networkPartOf = ({ profile, numbers, secrets }: ProfileDraft): string =>
  JSON.stringify([profile.network, numbers['network.proxy.port'], secrets.proxyPassword])

const tlsPartOf = ({ profile, secrets }: ProfileDraft): string => JSON.stringify([profile.tls, secrets.keyPassphrase])
