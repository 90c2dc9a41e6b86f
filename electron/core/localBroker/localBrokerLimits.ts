import type { Ledger } from './localBrokerLedger'

/**
 * What the broker inside takes, so that no program of this computer fills the application with it. Every limit is far
 * beyond what trying things out needs; what is refused is told to the client and shown beside the broker.
 */
export const localBrokerLimits = {
  /** Connected at the same time. */
  clients: 100,
  /** Sockets that have not sent CONNECT, or are being closed. */
  strangers: 50,
  /** How long a client may take to send CONNECT. */
  connectTimeoutMs: 10_000,
  /** A packet with its header; announced in CONNACK. */
  packetBytes: 16 * 2 ** 20,
  /** QoS 2 messages of one client whose PUBREL has not come (§4.9); announced in CONNACK. */
  receiveMaximum: 100,
  /** One retained message, and all of them. */
  retainedMessageBytes: 4 * 2 ** 20,
  retainedBytes: 48 * 2 ** 20,
  /** Filters of one client. */
  subscriptions: 2_000,
  /** Sessions that outlive their connection, and how long (seconds). */
  sessions: 200,
  sessionSeconds: 24 * 60 * 60,
  /** Messages that wait for one client, and their bytes. */
  queuedMessages: 1_000,
  queuedBytes: 8 * 2 ** 20,
  /** A client that leaves bytes unread for so long is disconnected, because all others wait for it. */
  unreadMs: 10_000,
  /** Everything held for clients, of whatever kind. */
  memoryBytes: 128 * 2 ** 20,
}
export type LocalBrokerLimits = typeof localBrokerLimits

/** What the parts of the broker that keep something share. */
export interface StoreParts {
  readonly ledger: Ledger
  readonly limits: LocalBrokerLimits
  /** Called when something is not kept because there is no room for it. */
  readonly onRefused: (kind: 'retained' | 'queue') => void
}
