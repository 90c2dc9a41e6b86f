import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Certificates, KeyPair } from './certificates'

export type ListenerKind = 'tcp' | 'tls' | 'ws' | 'wss'

export interface MosquittoOptions {
  /** Default: one 'tcp' listener. */
  readonly listeners?: readonly ListenerKind[]
  /** What the 'tls' and 'wss' listeners show; default: the good server certificate. */
  readonly serverCertificate?: KeyPair
  /** Lets only clients with a certificate of the test authority in; default false. */
  readonly requireClientCertificate?: boolean
  /** User name -> password. */
  readonly users?: Readonly<Record<string, string>>
  /** Lines of an ACL file, such as 'user ann' and 'topic read status/#'. */
  readonly acl?: readonly string[]
  /** Default: true unless there are `users`. */
  readonly allowAnonymous?: boolean
  /** Keeps sessions and retained messages over a restart (after SIGKILL: what `savedData` holds); default false. */
  readonly persistence?: boolean
  /** Logs only that it runs and what goes wrong: a line for each packet would slow a flood down. */
  readonly isQuiet?: boolean
  /** Further lines of mosquitto.conf, such as 'max_queued_messages 5'. */
  readonly settings?: readonly string[]
  /** Further lines for one kind of listener, such as 'max_connections 1'. */
  readonly listenerSettings?: Readonly<Partial<Record<ListenerKind, readonly string[]>>>
}

export interface ListenerParts {
  readonly options: MosquittoOptions
  readonly certificates: Certificates
}

// The format of mosquitto_passwd: $7$ iterations $ salt $ PBKDF2-SHA512.
const passwordLine = ([user, password]: readonly [string, string]) => {
  const salt = randomBytes(12)
  const hash = pbkdf2Sync(password, salt, 101, 64, 'sha512')
  return `${user}:$7$101$${salt.toString('base64')}$${hash.toString('base64')}\n`
}

const tlsLines = ({ options, certificates }: ListenerParts) => {
  const shown = options.serverCertificate ?? certificates.server
  const demand = [`cafile ${certificates.authority.certificate}`, 'require_certificate true']
  const own = [`certfile ${shown.certificate}`, `keyfile ${shown.key}`]
  return options.requireClientCertificate ? [...own, ...demand] : own
}

const listenerLines = (kind: ListenerKind, port: number, parts: ListenerParts) => [
  `listener ${port} 127.0.0.1`,
  ...(kind === 'ws' || kind === 'wss' ? ['protocol websockets'] : []),
  ...(kind === 'tls' || kind === 'wss' ? tlsLines(parts) : []),
  ...(parts.options.listenerSettings?.[kind] ?? []),
]

const persistenceLines = (folder: string) => [
  'persistence true',
  `persistence_location ${folder}/`,
  'autosave_on_changes true',
  'autosave_interval 1',
]

/** Writes mosquitto.conf and what it refers to into `folder`; answers the path of mosquitto.conf. */
export const writeMosquittoConfig = (
  folder: string,
  ports: ReadonlyMap<ListenerKind, number>,
  parts: ListenerParts,
): string => {
  const { users, acl, persistence, isQuiet = false, settings = [], allowAnonymous = !users } = parts.options
  const file = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text, { mode: 0o600 })
    return path
  }
  const lines = [
    'log_dest stderr',
    ...(isQuiet ? ['log_type error', 'log_type information'] : ['log_type all']),
    `connection_messages ${!isQuiet}`,
    `allow_anonymous ${allowAnonymous}`,
    // Started by root, mosquitto would become a user who cannot read our folder.
    ...(process.getuid?.() === 0 ? ['user root'] : []),
    ...(users ? [`password_file ${file('passwords', Object.entries(users).map(passwordLine).join(''))}`] : []),
    ...(acl ? [`acl_file ${file('acl', `${acl.join('\n')}\n`)}`] : []),
    ...(persistence ? persistenceLines(folder) : []),
    ...settings,
    ...[...ports].flatMap(([kind, port]) => listenerLines(kind, port, parts)),
  ]
  return file('mosquitto.conf', `${lines.join('\n')}\n`)
}
