import type { Aedes, Client } from 'aedes'
import { createHash, timingSafeEqual } from 'node:crypto'
import {
  unusedLocalBroker,
  type LocalBrokerClient,
  type LocalBrokerRefusal,
  type LocalBrokerUse,
} from '#shared/model/localBroker'
import { visibleLine } from '#shared/text/visibleLine'

/** Who may connect; `password: null` = it is kept but cannot be read now, so nobody may. */
export interface LocalBrokerAccess {
  readonly username: string
  readonly password: string | null
}

const shownCharacters = 60
/** Connects and refusals are told to the window at most this often. */
const tellEveryMs = 250

const versionNames = { 3: '3.1', 4: '3.1.1', 5: '5' } as const

interface KnownClient extends LocalBrokerClient {
  readonly key: object
}

/** Who is connected and what was refused; told a few times a second at most. */
export interface UseRecord {
  current(): LocalBrokerUse
  came(client: Client, username: string): void
  left(client: Client): void
  refused(kind: LocalBrokerRefusal): void
  close(): void
}

export const createUseRecord = (onUse: (use: LocalBrokerUse) => void): UseRecord => {
  let clients: readonly KnownClient[] = []
  const refused = new Map<LocalBrokerRefusal, number>()
  let timer: NodeJS.Timeout | null = null
  const current = (): LocalBrokerUse => ({
    clients: clients.map(({ clientId, protocolVersion, username }) => ({ clientId, protocolVersion, username })),
    refused: Object.fromEntries(refused),
  })
  const changed = () => {
    timer ??= setTimeout(() => {
      timer = null
      onUse(current())
    }, tellEveryMs)
  }
  return {
    current,
    came: (client, username) => {
      const protocolVersion = versionNames[client.version as 3 | 4 | 5]
      const clientId = visibleLine(client.id, shownCharacters)
      clients = [
        ...clients,
        { key: client, clientId, protocolVersion, username: visibleLine(username, shownCharacters) },
      ]
      changed()
    },
    left: (client) => {
      clients = clients.filter(({ key }) => key !== client)
      changed()
    },
    refused: (kind) => {
      refused.set(kind, (refused.get(kind) ?? 0) + 1)
      changed()
    },
    close: () => {
      if (timer) clearTimeout(timer)
      onUse(unusedLocalBroker)
    },
  }
}

/** Keeps the record of who is connected, and lets nobody in without what `access` asks for. */
export const watchClients = (aedes: Aedes, record: UseRecord, access: () => LocalBrokerAccess | null): void => {
  const usernames = new WeakMap<object, string>()
  // aedes gives it four parameters.
  aedes.authenticate = (client, ...[username, password, done]) => {
    usernames.set(client, username ?? '')
    if (isAllowed(access(), username, password)) return done(null, true)
    record.refused('password')
    // MQTT 3.1.1 §3.2.2.3; aedes makes it 0x86 for MQTT 5.
    done(Object.assign(new Error('bad user name or password'), { returnCode: 4 }), false)
  }
  aedes.on('client', (client) => record.came(client, usernames.get(client) ?? ''))
  aedes.on('clientDisconnect', record.left)
}

const digest = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()

/** Compares in constant time, so that the time tells nothing about the password. */
const isSame = (left: Uint8Array | string, right: string) => timingSafeEqual(digest(left), digest(right))

/** Whether somebody may connect with these. */
const isAllowed = (
  access: LocalBrokerAccess | null,
  username: string | undefined,
  password: Uint8Array | undefined,
): boolean => {
  if (access === null) return true
  const isUser = isSame(username ?? '', access.username)
  const isPassword = access.password !== null && isSame(password ?? '', access.password)
  return isUser && isPassword
}
