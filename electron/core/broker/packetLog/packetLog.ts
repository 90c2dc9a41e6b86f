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
import { packetTypeOf, type PacketType } from '#shared/mqtt/packet/packetType'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { createHandshakeJudge, reasonOf, type HandshakeJudge } from './handshakeJudge'
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

export interface MessagePlace {
  readonly sequence: number
  readonly isOutgoing: boolean
  readonly topic: string
  /** Milliseconds since 1970. */
  readonly time: number
}

/** Looking for packets must not keep others waiting. */
const mostSearchMs = 8
const mostFound = 20_000
const mostLegs = 200
const mostPings = 300
/** A message that is sent has its time before it is written. */
const sentWithinMs = 5_000

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
  const legsOf = (number: number): PacketHandshake | null => {
    if (!store.read(number, entry) || (entry.meta & metaBits.step) !== 0) return null
    const family = familyOf({ ...entry })
    if (!family) return null
    const first = lookBack(number, family)
    const legs: RecordedPacket[] = []
    let awaited: PacketType | null = null
    for (let at = first; at <= store.last() && legs.length < mostLegs; at++) {
      if (!store.read(at, entry) || !family.has(entry)) continue
      // The identifier is used for the next one.
      if (legs.length > 0 && family.begins(entry)) break
      awaited = family.awaitedAfter(entry, awaited)
      const leg = packetAt(at, mostLegBytes)
      if (leg) legs.push(leg)
      if (awaited === null && at >= number) break
    }
    return { legs, awaited }
  }
  const lookBack = (number: number, family: Family): number => {
    for (let at = number; at >= store.first(); at--)
      if (store.read(at, entry) && family.has(entry) && family.begins(entry)) return at
    return number
  }
  const sentPublish = ({ topic, time }: MessagePlace): number | null => {
    let best: number | null = null
    let bestGap = sentWithinMs
    const isSame = entryTestOf([{ not: false, test: { kind: 'text', text: topic } }], { isMarked: () => false })
    for (let at = store.last(); at >= store.first(); at--) {
      if (!store.read(at, entry) || entry.time < time - sentWithinMs) break
      const isOurs = (entry.meta & metaBits.out) !== 0 && entry.first >> 4 === 3
      const gap = Math.abs(entry.time - time)
      if (isOurs && gap <= bestGap && isSame(entry)) {
        best = at
        bestGap = gap
      }
    }
    return best
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
    handshake: legsOf,
    ofMessage: (message) => {
      if (message.isOutgoing) return sentPublish(message)
      for (let at = store.last(); at >= store.first(); at--) {
        if (!store.read(at, entry)) return null
        if (entry.sequence === message.sequence) return at
        if (entry.sequence > 0 && entry.sequence < message.sequence) return null
      }
      return null
    },
    pings: () => {
      const pings: PingTime[] = []
      let answered: { number: number; time: number } | null = null
      for (let at = store.last(); at >= store.first() && pings.length < mostPings; at--) {
        if (!store.read(at, entry) || (entry.meta & metaBits.step) !== 0) continue
        const type = packetTypeOf(entry.first)
        if (type === 'PINGRESP') answered = { number: at, time: entry.time }
        else if (type === 'PINGREQ' && answered) {
          pings.push({ number: at, time: entry.time, milliseconds: answered.time - entry.time })
          answered = null
        }
      }
      return pings.toReversed()
    },
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

/** Packets that belong together: what begins them, and what is waited for after each. */
interface Family {
  has(entry: StoredEntry): boolean
  begins(entry: StoredEntry): boolean
  awaitedAfter(entry: StoredEntry, awaited: PacketType | null): PacketType | null
}

const answers: Partial<Record<PacketType, PacketType>> = {
  CONNECT: 'CONNACK',
  SUBSCRIBE: 'SUBACK',
  UNSUBSCRIBE: 'UNSUBACK',
  PINGREQ: 'PINGRESP',
}

const ofPublish: ReadonlySet<PacketType> = new Set(['PUBLISH', 'PUBACK', 'PUBREC', 'PUBREL', 'PUBCOMP'])
/** They go the way that their PUBLISH went. */
const withPublish: ReadonlySet<PacketType> = new Set(['PUBLISH', 'PUBREL'])

const familyOf = (given: StoredEntry): Family | null => {
  const type = packetTypeOf(given.first)
  if (ofPublish.has(type)) return given.packetId === 0 ? null : publishFamily(given)
  const asked = Object.entries(answers).find(([request, answer]) => type === request || type === answer)
  if (!asked) return null
  const [request, answer] = asked
  const { packetId } = given
  return {
    has: ({ meta, first, packetId: id }) => {
      const one = packetTypeOf(first)
      return (meta & metaBits.step) === 0 && id === packetId && (one === request || one === answer)
    },
    begins: ({ first }) => packetTypeOf(first) === request,
    awaitedAfter: ({ first }) => (packetTypeOf(first) === request ? answer : null),
  }
}

const publishFamily = (given: StoredEntry): Family => {
  const isFlowOut = (entry: StoredEntry) =>
    ((entry.meta & metaBits.out) !== 0) === withPublish.has(packetTypeOf(entry.first))
  const isOut = isFlowOut(given)
  const { packetId } = given
  return {
    has: (entry) =>
      (entry.meta & metaBits.step) === 0 &&
      entry.packetId === packetId &&
      ofPublish.has(packetTypeOf(entry.first)) &&
      isFlowOut(entry) === isOut,
    begins: ({ first }) => packetTypeOf(first) === 'PUBLISH' && (first & 8) === 0,
    awaitedAfter: ({ first, bytes }, awaited) => {
      const type = packetTypeOf(first)
      if (type === 'PUBLISH') return ((first >> 1) & 3) === 1 ? 'PUBACK' : 'PUBREC'
      if (type === 'PUBREC') return reasonOf(bytes) >= 0x80 ? null : 'PUBREL'
      if (type === 'PUBREL') return 'PUBCOMP'
      return type === 'PUBACK' || type === 'PUBCOMP' ? null : awaited
    },
  }
}
