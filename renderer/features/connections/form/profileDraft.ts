import {
  defaultPorts,
  profileSchema,
  reconnectSchema,
  usesWebSocket,
  type Profile,
  type ProfileEntry,
  type Scheme,
  type SecretChange,
  type SecretChanges,
  type SecretKeeping,
  type SecretName,
} from '#shared/model/profile'
import { isSamePlace } from '#shared/model/secretPlace'
import type { ProtocolVersion, Qos } from '#shared/model/qos'
import type { ColourName, Subscription } from '#shared/model/subscription'
import { hostProblem, pathProblem } from './hostField'

export const numberPaths = [
  'port',
  'keepaliveSeconds',
  'connectTimeoutSeconds',
  'sessionExpirySeconds',
  'reconnect.initialSeconds',
  'reconnect.maximumSeconds',
  'reconnect.maximumAttempts',
] as const
export type NumberPath = (typeof numberPaths)[number]

const textPaths = [
  'name',
  'folder',
  'host',
  'path',
  'clientId',
  'username',
  'tls.caFile',
  'tls.certificateFile',
  'tls.keyFile',
  'tls.pkcs12File',
  'tls.serverName',
  'tls.alpn',
  'will.topic',
  'will.payload',
] as const
export type TextPath = (typeof textPaths)[number] | NumberPath

export const isTextPath = (path: string): path is TextPath =>
  (textPaths as readonly string[]).includes(path) || (numberPaths as readonly string[]).includes(path)

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
  readonly id: string
  readonly kind: Profile['kind']
  readonly texts: Readonly<Record<TextPath, string>>
  readonly colour: ColourName
  readonly scheme: Scheme
  readonly protocolVersion: ProtocolVersion
  readonly usePassword: boolean
  readonly cleanStart: boolean
  readonly lenient: boolean
  readonly subscriptionIdentifiers: boolean
  readonly reconnectEnabled: boolean
  readonly tlsVerify: boolean
  readonly trustCaFileAsItIs: boolean
  readonly willEnabled: boolean
  readonly willQos: Qos
  readonly willRetain: boolean
  readonly subscriptions: readonly Subscription[]
  readonly secrets: Readonly<Record<SecretName, SecretDraft>>
}

const textsOf = (profile: Profile): ProfileDraft['texts'] => ({
  name: profile.name,
  folder: profile.folder,
  host: profile.host,
  path: profile.path,
  clientId: profile.clientId,
  username: profile.username,
  port: String(profile.port),
  keepaliveSeconds: String(profile.keepaliveSeconds),
  connectTimeoutSeconds: String(profile.connectTimeoutSeconds),
  sessionExpirySeconds: String(profile.sessionExpirySeconds),
  'reconnect.initialSeconds': String(profile.reconnect.initialSeconds),
  'reconnect.maximumSeconds': String(profile.reconnect.maximumSeconds),
  'reconnect.maximumAttempts': String(profile.reconnect.maximumAttempts),
  'tls.caFile': profile.tls.caFile,
  'tls.certificateFile': profile.tls.certificateFile,
  'tls.keyFile': profile.tls.keyFile,
  'tls.pkcs12File': profile.tls.pkcs12File,
  'tls.serverName': profile.tls.serverName,
  'tls.alpn': profile.tls.alpn,
  'will.topic': profile.will.topic,
  'will.payload': profile.will.payload,
})

const secretDraft = (keeping: SecretKeeping): SecretDraft => ({ keeping, typed: '', forget: false })

export const draftOf = (profile: Profile, secrets?: ProfileEntry['secrets']): ProfileDraft => ({
  id: profile.id,
  kind: profile.kind,
  texts: textsOf(profile),
  colour: profile.colour,
  scheme: profile.scheme,
  protocolVersion: profile.protocolVersion,
  usePassword: profile.usePassword,
  cleanStart: profile.cleanStart,
  lenient: profile.lenient,
  subscriptionIdentifiers: profile.subscriptionIdentifiers,
  reconnectEnabled: profile.reconnect.enabled,
  tlsVerify: profile.tls.verify,
  trustCaFileAsItIs: profile.tls.trustCaFileAsItIs,
  willEnabled: profile.will.enabled,
  willQos: profile.will.qos,
  willRetain: profile.will.retain,
  subscriptions: profile.subscriptions,
  secrets: {
    password: secretDraft(secrets?.password ?? 'none'),
    keyPassphrase: secretDraft(secrets?.keyPassphrase ?? 'none'),
  },
})

/**
 * -1 for anything but whole decimal digits: `1e3`, `0x50` and '' are no ports. It is outside every range, and unlike NaN it
 * does not keep the schema from checking the other fields.
 */
const wholeNumber = (text: string): number => (/^\d+$/.test(text.trim()) ? Number(text.trim()) : -1)

const candidateOf = ({ texts, ...draft }: ProfileDraft): Profile => ({
  id: draft.id,
  kind: draft.kind,
  name: texts.name,
  folder: texts.folder,
  colour: draft.colour,
  scheme: draft.scheme,
  // As the schema does.
  host: texts.host.trim(),
  port: wholeNumber(texts.port),
  path: texts.path,
  protocolVersion: draft.protocolVersion,
  clientId: texts.clientId,
  username: texts.username,
  usePassword: draft.usePassword,
  keepaliveSeconds: wholeNumber(texts.keepaliveSeconds),
  connectTimeoutSeconds: wholeNumber(texts.connectTimeoutSeconds),
  cleanStart: draft.cleanStart,
  lenient: draft.lenient,
  subscriptionIdentifiers: draft.subscriptionIdentifiers,
  sessionExpirySeconds: wholeNumber(texts.sessionExpirySeconds),
  reconnect: {
    enabled: draft.reconnectEnabled,
    initialSeconds: wholeNumber(texts['reconnect.initialSeconds']),
    maximumSeconds: wholeNumber(texts['reconnect.maximumSeconds']),
    maximumAttempts: wholeNumber(texts['reconnect.maximumAttempts']),
  },
  tls: {
    caFile: texts['tls.caFile'],
    certificateFile: texts['tls.certificateFile'],
    keyFile: texts['tls.keyFile'],
    pkcs12File: texts['tls.pkcs12File'],
    serverName: texts['tls.serverName'],
    alpn: texts['tls.alpn'],
    verify: draft.tlsVerify,
    trustCaFileAsItIs: draft.trustCaFileAsItIs,
  },
  will: {
    enabled: draft.willEnabled,
    topic: texts['will.topic'],
    payload: texts['will.payload'],
    qos: draft.willQos,
    retain: draft.willRetain,
  },
  subscriptions: [...draft.subscriptions],
})

/** Whether what is stored was entered for another place than the changed draft leads to, so that saving forgets it. */
export const isLeftBehind = (initial: ProfileDraft, draft: ProfileDraft, name: SecretName): boolean =>
  draft.secrets[name].keeping !== 'none' && !isSamePlace(candidateOf(initial), candidateOf(draft), name)

/** Code of the first problem of each field (a key of `profile.problems`), by dotted path. */
export type Problems = Readonly<Record<string, string>>

export type CheckedDraft =
  { readonly profile: Profile; readonly problems: null } | { readonly profile: null; readonly problems: Problems }

/** MQTT 3.1.1 §3.1.2.9 [MQTT-3.1.2-22]: no password without a user name; MQTT 5 lifted it. */
const lacksUsername = (draft: ProfileDraft): boolean =>
  draft.protocolVersion !== '5' && draft.usePassword && draft.texts.username === ''

/** One of them would be shown to the broker and the other silently left out. Profiles saved with both still connect. */
const hasTwoIdentities = ({ texts }: ProfileDraft): boolean =>
  texts['tls.pkcs12File'] !== '' && (texts['tls.certificateFile'] !== '' || texts['tls.keyFile'] !== '')

/** The profile a draft stands for, or what keeps it from being one. */
export const checkDraft = (draft: ProfileDraft): CheckedDraft => {
  const parsed = profileSchema.safeParse(candidateOf(draft))
  const problems = new Map<string, string>()
  const host = hostProblem(draft.texts.host)
  if (host !== null) problems.set('host', host)
  const path = usesWebSocket(draft.scheme) ? pathProblem(draft.texts.path) : null
  if (path !== null) problems.set('path', path)
  for (const { path, message } of parsed.error?.issues ?? [])
    if (!problems.has(path.join('.'))) problems.set(path.join('.'), message)
  if (lacksUsername(draft) && !problems.has('username')) problems.set('username', 'usernameNeeded')
  if (hasTwoIdentities(draft) && !problems.has('tls.pkcs12File')) problems.set('tls.pkcs12File', 'pkcs12OrPair')
  if (parsed.success && problems.size === 0) return { profile: parsed.data, problems: null }
  return { profile: null, problems: Object.fromEntries(problems) }
}

const secretChange = ({ typed, forget }: SecretDraft): SecretChange => {
  if (typed !== '') return { change: 'set', value: typed }
  return forget ? { change: 'set', value: '' } : { change: 'keep' }
}

export const secretChangesOf = ({ secrets }: ProfileDraft): SecretChanges => ({
  password: secretChange(secrets.password),
  keyPassphrase: secretChange(secrets.keyPassphrase),
})

/** Another scheme; the port follows as long as it is the one of the scheme before. */
export const withScheme = (draft: ProfileDraft, scheme: Scheme): ProfileDraft => {
  const follows = wholeNumber(draft.texts.port) === defaultPorts[draft.scheme]
  const port = follows ? String(defaultPorts[scheme]) : draft.texts.port
  return { ...draft, scheme, texts: { ...draft.texts, port } }
}

/** A typed password is one the broker wants; what was wanted before stands again once it is cleared. */
export const withPassword = (draft: ProfileDraft, typed: string, wantedBefore: boolean): ProfileDraft => ({
  ...draft,
  usePassword: typed !== '' || wantedBefore,
  secrets: { ...draft.secrets, password: { ...draft.secrets.password, typed } },
})

/** Lowest and highest value a number field takes, as the schema has them. */
export const numberRange = (path: NumberPath): { readonly lowest: number; readonly highest: number } => {
  const { shape } = profileSchema
  const schemas = {
    port: shape.port,
    keepaliveSeconds: shape.keepaliveSeconds,
    connectTimeoutSeconds: shape.connectTimeoutSeconds,
    sessionExpirySeconds: shape.sessionExpirySeconds,
    'reconnect.initialSeconds': reconnectSchema.shape.initialSeconds,
    'reconnect.maximumSeconds': reconnectSchema.shape.maximumSeconds,
    'reconnect.maximumAttempts': reconnectSchema.shape.maximumAttempts,
  }
  const { minValue, maxValue } = schemas[path]
  return { lowest: minValue ?? 0, highest: maxValue ?? Number.MAX_SAFE_INTEGER }
}

/** What of a draft belongs to TLS: a failure there may be mended at another field than the one it blames. */
const tlsPartOf = ({ texts, tlsVerify, trustCaFileAsItIs, secrets }: ProfileDraft) => [
  ...Object.entries(texts).filter(([path]) => path.startsWith('tls.')),
  ...[tlsVerify, trustCaFileAsItIs, secrets.keyPassphrase],
]

/** Whether what may be to blame for a failure at `path` is as it was when the form was opened. */
export const isUntouched = (initial: ProfileDraft, draft: ProfileDraft, path: string): boolean => {
  if (path.startsWith('tls.') || path === 'keyPassphrase')
    return JSON.stringify(tlsPartOf(initial)) === JSON.stringify(tlsPartOf(draft))
  return !isTextPath(path) || initial.texts[path] === draft.texts[path]
}
