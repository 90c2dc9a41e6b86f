import {
  connectionSteps,
  type ConnectionStep,
  type FoundPackets,
  type PacketEntry,
  type PacketHandshake,
  type PacketsStatus,
  type PacketTerm,
  type PingTime,
  type RecordedPacket,
} from '#shared/model/packets'
import { decodePacket } from '#shared/mqtt/packet/decodePacket'
import { maskedBytes } from '#shared/mqtt/packet/maskedPacket'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { findHandshake } from './findHandshake'
import { createHandshakeJudge, type HandshakeJudge } from './handshakeJudge'
import { findPings, findPublish, type MessagePlace } from './packetLookups'
import { entryTestOf } from './packetQueries'
import { versionOf, type PacketRecorder } from './packetRecorder'
import { emptyEntry, metaBits, type StoredEntry } from './packetStore'

/** What a window reads of the packets of a connection. */
export interface PacketLog {
  status(): PacketsStatus
  switchTo(isOn: boolean): void
  clear(): void
  /** Those that are still kept, with at most so many bytes of each. */
  read(numbers: readonly number[], mostBytes: number): readonly PacketEntry[]
  /** Entries from a number on that meet the terms, as far as it looks in a few milliseconds. */
  find(terms: readonly PacketTerm[], from: number): FoundPackets
  /** The packets that belong together with this one; null = it is not kept, or answers nothing and is not answered. */
  handshake(number: number): PacketHandshake | null
  /** The PUBLISH that brought a message of the log, or took it to the server; null = it is not kept. */
  ofMessage(message: MessagePlace): number | null
  /** Round trips of PINGREQ that are kept, the latest last. */
  pings(): readonly PingTime[]
}

/** Looking for packets must not keep others waiting. */
const mostSearchMs = 8
const mostFound = 20_000

export const createPacketLog = (recorder: PacketRecorder): PacketLog => {
  const { store } = recorder
  let judge: HandshakeJudge = createHandshakeJudge(store)
  const entry = emptyEntry()
  const before = emptyEntry()

  const toEntry = (mostBytes: number): PacketEntry => {
    const { number, time, meta, sequence, bytes, size } = entry
    const delta = store.read(number - 1, before) ? time - before.time : null
    if ((meta & metaBits.step) !== 0) return { kind: 'step', number, time, delta, ...stepIn(bytes) }
    return {
      kind: 'packet',
      number,
      time,
      delta,
      size,
      direction: (meta & metaBits.out) === 0 ? 'in' : 'out',
      version: versionOf(meta),
      bytes: withoutSecrets(entry).slice(0, mostBytes),
      keptBytes: bytes.length,
      sequence: sequence === 0 ? null : sequence,
      mark: judge.markOf(number),
      violation: recorder.violationOf(number),
    }
  }
  const packetAt = (number: number, mostBytes: number): RecordedPacket | null => {
    const found = store.read(number, entry) ? toEntry(mostBytes) : null
    return found?.kind === 'packet' ? found : null
  }
  return {
    status: () => ({
      isOn: recorder.isOn(),
      first: store.first(),
      last: store.last(),
      dropped: store.dropped(),
      bytes: store.memory(),
      revision: recorder.revision(),
    }),
    switchTo: recorder.switchTo,
    clear: () => {
      recorder.clear()
      judge = createHandshakeJudge(store)
    },
    read: (numbers, mostBytes) => {
      judge.catchUp()
      return numbers.flatMap((number) => (store.read(number, entry) ? [toEntry(mostBytes)] : []))
    },
    find: (terms, from) => {
      const isJudged = judge.catchUp()
      const passes = entryTestOf(terms, {
        isMarked: (number) => judge.markOf(number) !== null || recorder.violationOf(number) !== null,
      })
      const start = Math.max(from, store.first())
      const numbers: number[] = []
      // What is not judged yet is looked at by the next call.
      if (!isJudged && terms.some(({ test }) => test.kind === 'errors')) return { numbers, next: start }
      const until = performance.now() + mostSearchMs
      let at = start
      for (; at <= store.last() && numbers.length < mostFound; at++) {
        if ((at & 255) === 0 && performance.now() > until) break
        if (store.read(at, entry) && passes(entry)) numbers.push(at)
      }
      return { numbers, next: at }
    },
    handshake: (number) => {
      judge.catchUp()
      const found = findHandshake(store, number)
      if (!found) return null
      const { numbers, awaited } = found
      return { awaited, legs: numbers.flatMap((at) => packetAt(at, mostLegBytes) ?? []) }
    },
    ofMessage: (message) => findPublish(store, message),
    pings: () => findPings(store),
  }
}

const mostLegBytes = 512

/** Packets that may have a password or authentication data: CONNECT, CONNACK and AUTH. */
const mayHaveSecrets: ReadonlySet<number> = new Set([1, 2, 15])

/** No secret leaves main, neither for the window nor for what is exported from there. */
const withoutSecrets = ({ bytes, first, meta, size }: StoredEntry): Uint8Array =>
  mayHaveSecrets.has(first >> 4) ? maskedBytes(bytes, decodePacket(bytes, versionOf(meta), { size })) : bytes

const isStepName = (name: string): name is ConnectionStep => connectionSteps.some((step) => step === name)

const stepIn = (bytes: Uint8Array): { readonly step: ConnectionStep; readonly detail: string } => {
  const text = decodeUtf8(bytes)
  const space = text.indexOf(' ')
  const name = text.slice(0, space)
  return { step: isStepName(name) ? name : 'begin', detail: text.slice(space + 1) }
}
