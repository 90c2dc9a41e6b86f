import type { OwnMessage } from '#shared/exporting/ownFormat'
import { chartColours, chartSchema, mostCharts, type Chart } from '#shared/model/chart'
import { collectionLimits } from '#shared/model/collection'
import type { PayloadRule } from '#shared/model/payloadRule'
import {
  defaultPorts,
  newClientId,
  newProfile,
  profileSchema,
  usesWebSocket,
  type Profile,
  type Scheme,
  type Secrets,
} from '#shared/model/profile'
import { composedMessageSchema, emptyMessage, type ComposedMessage } from '#shared/model/publish'
import { defaultSubscriptionOptions, type Subscription } from '#shared/model/subscription'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import { splitAddress } from '#shared/address/addressParts'
import type { Dropped, ForeignCertificate, ForeignConnection, ForeignSubscription } from './foreignConnection'
import { connectPropertiesOf, qosOf, willOf } from './importedPacket'
import { stableId } from './stableId'

export interface ImportedMessage {
  readonly name: string
  /** From the outside. */
  readonly folders: readonly string[]
  readonly message: ComposedMessage
  /** Of one of ours, what it had there. */
  readonly kept?: Pick<OwnMessage, 'id' | 'order' | 'shortcut'>
}

/** A certificate of the file and where it is written. */
interface CertificateFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** A connection of another tool as it becomes one of ours. */
export interface ImportedConnection {
  readonly name: string
  readonly folder: string
  /** Null = nothing can be made of it: `dropped` says why. */
  readonly profile: Profile | null
  readonly messages: readonly ImportedMessage[]
  readonly charts: readonly Chart[]
  /** Of one of ours; those of other tools are the file's. */
  readonly payloadRules: readonly PayloadRule[]
  /** All of its profile is said by the file, so nothing stays of one that is there. */
  readonly isWhole: boolean
  readonly certificates: readonly CertificateFile[]
  /** Of one of ours, the files as they were named where it was exported; null = those in `certificates` count. */
  readonly filesThere: Profile['tls'] | null
  readonly dropped: readonly Dropped[]
  readonly guessed: readonly string[]
  readonly secrets: Secrets
}

export interface ImportPlace {
  readonly tool: string
  /** The folder for certificates, without a sign behind it. */
  readonly certificates: string
}

/** What becomes of a connection: each value that our profile cannot hold is named, and the default stands in its place. */
export const importedConnection = (foreign: ForeignConnection, place: ImportPlace): ImportedConnection => {
  const dropped: Dropped[] = [...foreign.dropped]
  const guessed = [...foreign.guessed]
  const folder = foreign.folder
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' / ')
    .slice(0, 200)
  const address = addressOf(foreign)
  const name = (foreign.name.trim() || address.host || place.tool).slice(0, 200)
  const id = `import-${stableId([place.tool, foreign.key || [folder, name, address.host, address.port].join('\0')].join('\0'))}`
  const draft = draftOf({ foreign, id, name, folder, address, guessed, dropped })
  const certificates = certificatesOf(foreign.certificates ?? [], `${place.certificates}/${id}`)
  const withFiles = {
    ...draft,
    tls: { ...draft.tls, ...Object.fromEntries(certificates.map(({ field, path }) => [field, path])) },
    importedFrom: { tool: place.tool, fields: foreign.kept },
  }
  const profile = soundProfile(withFiles, dropped)
  return {
    name,
    folder,
    profile,
    messages: messagesOf(foreign, dropped),
    charts: chartsOf(foreign, id),
    payloadRules: [],
    isWhole: false,
    certificates: certificates.map(({ path, bytes }) => ({ path, bytes })),
    filesThere: null,
    dropped,
    guessed: [...new Set(guessed)],
    secrets: {
      ...(foreign.password ? { password: foreign.password } : {}),
      ...(foreign.keyPassphrase ? { keyPassphrase: foreign.keyPassphrase } : {}),
      ...(foreign.proxyPassword ? { proxyPassword: foreign.proxyPassword } : {}),
    },
  }
}

interface Address {
  readonly scheme: Scheme
  readonly host: string
  readonly port: number
  readonly path: string
}

/** The host field of many tools takes a whole address. */
const addressOf = ({ scheme: said, host, port, path }: ForeignConnection): Address => {
  const parts = splitAddress(host.trim())
  const scheme = parts?.scheme ?? said ?? 'mqtt'
  const portInHost = parts?.port === undefined ? undefined : Number(parts.port)
  const given = path ?? parts?.path ?? ''
  const slashed = given === '' || given.startsWith('/') ? given : `/${given}`
  return {
    scheme,
    host: parts?.host ?? host.trim(),
    port: portInHost ?? port ?? defaultPorts[scheme],
    path: slashed === '' && !usesWebSocket(scheme) ? '/mqtt' : slashed,
  }
}

interface DraftParts {
  readonly foreign: ForeignConnection
  readonly id: string
  readonly name: string
  readonly folder: string
  readonly address: Address
  readonly guessed: string[]
  readonly dropped: Dropped[]
}

const draftOf = ({ foreign, id, name, folder, address, guessed, dropped }: DraftParts): Profile => {
  const start = newProfile({ id, ...address })
  const clientId = foreign.clientId ?? ''
  if (clientId === '') guessed.push('clientId')
  const inRange = (field: string, value: number | undefined, otherwise: number) => {
    const [low, high] = ranges[field] ?? [0, Infinity]
    if (value === undefined) return otherwise
    if (value >= low && value <= high) return Math.round(value)
    dropped.push({ field, why: 'invalid' })
    return otherwise
  }
  const cleanStart = foreign.cleanStart ?? start.cleanStart
  const initialSeconds = inRange('reconnectSeconds', foreign.reconnectSeconds, start.reconnect.initialSeconds)
  return {
    ...start,
    name,
    folder,
    port: inRange('port', address.port, defaultPorts[address.scheme]),
    protocolVersion: foreign.protocolVersion ?? start.protocolVersion,
    clientId: clientId === '' ? seededClientId(id) : clientId,
    username: foreign.username ?? '',
    usePassword: Boolean(foreign.password) || foreign.asksForPassword === true,
    keepaliveSeconds: inRange('keepaliveSeconds', foreign.keepaliveSeconds, start.keepaliveSeconds),
    connectTimeoutSeconds: inRange('connectTimeoutSeconds', foreign.connectTimeoutSeconds, start.connectTimeoutSeconds),
    cleanStart,
    sessionExpirySeconds: inRange('sessionExpirySeconds', foreign.sessionExpirySeconds, 0),
    reconnect: {
      ...start.reconnect,
      enabled: foreign.reconnect ?? start.reconnect.enabled,
      initialSeconds,
      maximumSeconds: Math.max(initialSeconds, start.reconnect.maximumSeconds),
      maximumAttempts: inRange('reconnectAttempts', foreign.reconnectAttempts, start.reconnect.maximumAttempts),
    },
    connectAtStart: foreign.connectAtStart ?? false,
    freshClientId: foreign.freshClientId ?? false,
    connectProperties: connectPropertiesOf(foreign, dropped),
    network: { ...start.network, proxy: { ...start.network.proxy, ...foreign.proxy } },
    tls: { ...start.tls, ...foreign.tls, verify: foreign.tls?.verify ?? true },
    will: willOf(foreign, dropped),
    subscriptions: subscriptionsOf(foreign.subscriptions, dropped),
  }
}

const ranges: Readonly<Record<string, readonly [number, number]>> = {
  port: [1, 65_535],
  keepaliveSeconds: [0, 65_535],
  connectTimeoutSeconds: [1, 600],
  sessionExpirySeconds: [0, 4_294_967_295],
  reconnectSeconds: [0.001, 3_600],
  reconnectAttempts: [0, 100_000],
}

const definedOnly = <T extends object>(given: T): T =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T

/** The same each time, so that a connection that is imported again is the same. */
const seededClientId = (id: string): string => newClientId(() => Number.parseInt(id.slice(-12), 16) / 16 ** 12)

const subscriptionsOf = (given: readonly ForeignSubscription[], dropped: Dropped[]): Subscription[] => {
  const taken = new Set<string>()
  return given.flatMap((one, index) => {
    if (topicFilterProblem(one.filter) !== null) {
      dropped.push({ field: `subscriptions.${index}`, why: 'invalid' })
      return []
    }
    const identity = JSON.stringify([one.filter, one.qos, one.options])
    if (taken.has(identity)) return []
    taken.add(identity)
    const options = { ...defaultSubscriptionOptions, ...definedOnly(one.options ?? {}) }
    const isPlain = Object.entries(defaultSubscriptionOptions).every(
      ([name, value]) => options[name as keyof typeof options] === value,
    )
    return [
      {
        id: `s${index + 1}`,
        filter: one.filter,
        qos: qosOf(one.qos),
        colour: one.colour ?? 'blue',
        alias: (one.alias ?? '').slice(0, 200),
        enabled: one.enabled ?? true,
        muted: one.muted ?? false,
        ...(isPlain ? {} : { options }),
      },
    ]
  })
}

const messagesOf = ({ messages }: ForeignConnection, dropped: Dropped[]): readonly ImportedMessage[] =>
  messages.flatMap(({ name, folder, message }, index) => {
    const read = composedMessageSchema.safeParse({ ...emptyMessage, ...definedOnly(message), qos: qosOf(message.qos) })
    if (!read.success) {
      dropped.push({ field: `savedMessages.${index}`, why: 'invalid' })
      return []
    }
    const folders = folder.map((part) => part.trim().slice(0, 200)).filter((part) => part !== '')
    return [
      {
        name: (name.trim() || read.data.topic.trim() || `${index + 1}`).slice(0, 200).trim(),
        folders: folders.slice(0, collectionLimits.depth),
        message: read.data,
      },
    ]
  })

const chartsOf = ({ charts = [] }: ForeignConnection, id: string): readonly Chart[] =>
  charts.slice(0, mostCharts).flatMap(({ topic, path }, index) => {
    const read = chartSchema.safeParse({
      id: stableId([id, 'chart', index, topic].join('\0')),
      series: [{ topic, path: [...path], colour: chartColours[0], axis: 'left' }],
    })
    return read.success ? [read.data] : []
  })

/** Where each is written in this folder, under a name that none of the others has. */
export const certificatesOf = (given: readonly ForeignCertificate[], folder: string) => {
  const names = new Set<string>()
  return given.map(({ field, name, bytes }) => {
    const plain = name
      .replace(/^.*[/\\]/, '')
      .replace(/[^\w.-]+/g, '_')
      .replace(/^\.+/, '')
      .slice(0, 100)
    const free = plain === '' || names.has(plain.toLowerCase()) ? `${field}-${plain}` : plain
    names.add(free.toLowerCase())
    return { field, path: `${folder}/${free}`, bytes }
  })
}

/** Values that our schema refuses are left out one after the other; null = without them nothing is left. */
const soundProfile = (draft: Profile, dropped: Dropped[]): Profile | null => {
  let profile = draft
  for (let attempts = 0; attempts < 20; attempts++) {
    const read = profileSchema.safeParse(profile)
    if (read.success) return read.data
    const [issue] = read.error.issues
    const path = issue?.path.map(String) ?? []
    const [first = '', second] = path
    dropped.push({ field: path.join('.'), why: 'invalid' })
    const corrected = withoutField(profile, first, second)
    if (!corrected) return null
    profile = corrected
  }
  return null
}

const withoutField = (profile: Profile, first: string, second: string | undefined): Profile | null => {
  const start = newProfile({ id: profile.id, scheme: profile.scheme })
  if (first === 'host' || !Object.hasOwn(profile, first)) return null
  if (first === 'tls' && (second === 'certificateFile' || second === 'keyFile'))
    return { ...profile, tls: { ...profile.tls, certificateFile: '', keyFile: '' } }
  if (first === 'importedFrom')
    return { ...profile, importedFrom: { tool: profile.importedFrom?.tool ?? '', fields: {} } }
  return { ...profile, [first]: start[first as keyof Profile] }
}
