import type { MadeMessage } from '#shared/model/publish'

/**
 * Which messages scripts have sent, and by how many scripts one after the other: a message that comes back after too many rounds
 * goes round without end, whichever scripts and connections it passes. It is told by its topic and payload, since MQTT gives it no
 * other identity.
 */
export interface ScriptCauses {
  /** A message was sent because of one that had passed so many scripts. */
  note(message: Pick<MadeMessage, 'topic' | 'payload'>, passed: number): void
  /** How many scripts a message has passed; 0 = it is of nobody here. */
  passed(topic: string, payload: Uint8Array): number
}

/** So many scripts may follow each other. */
export const longestChain = 8

const mostKnown = 5_000
/** Of a longer payload, its beginning and its length tell it. */
const knownBytes = 256

export const createScriptCauses = (): ScriptCauses => {
  const known = new Map<string, number>()
  return {
    note: ({ topic, payload }, passed) => {
      const key = keyOf(topic, payload)
      known.delete(key)
      known.set(key, passed)
      for (const oldest of known.keys()) {
        if (known.size <= mostKnown) break
        known.delete(oldest)
      }
    },
    passed: (topic, payload) => (known.size === 0 ? 0 : (known.get(keyOf(topic, payload)) ?? 0)),
  }
}

const keyOf = (topic: string, payload: Uint8Array): string =>
  `${topic}\0${payload.length}\0${Buffer.from(payload.buffer, payload.byteOffset, Math.min(payload.length, knownBytes)).toString('latin1')}`
