import type { HandshakeMark } from '#shared/model/packets'
import { emptyEntry, metaBits, type PacketStore, type StoredEntry } from './packetStore'

/** Says what is against the order of packets with one identifier (MQTT 5 §4.3, §4.4). It reads what was recorded, when somebody looks. */
export interface HandshakeJudge {
  /** Judges what came since; answers whether all of it is judged. */
  catchUp(): boolean
  markOf(number: number): HandshakeMark | null
}

const publish = 3
const puback = 4
const pubrec = 5
const pubrel = 6
const pubcomp = 7

/** Entries that are judged at once: a few milliseconds. */
const mostAtOnce = 20_000

/** What is expected of the receiver of a PUBLISH next: the rule of `publishing/acknowledgementViolations.ts`, for both directions. */
type Awaited = 'puback' | 'pubrec' | 'pubcomp'

export const createHandshakeJudge = (store: PacketStore): HandshakeJudge => {
  const marks = new Map<number, HandshakeMark>()
  /** By direction of the PUBLISH and identifier. */
  const open = new Map<number, Awaited>()
  const released = new Set<number>()
  const entry = emptyEntry()
  let judged = 0

  const keyOf = (id: number, isFlowOut: boolean) => (isFlowOut ? 65_536 : 0) + id
  const judgePublish = ({ first, packetId, meta }: StoredEntry): HandshakeMark | null => {
    const qos = (first >> 1) & 3
    if (qos === 0) return null
    const key = keyOf(packetId, (meta & metaBits.out) !== 0)
    const isOpen = open.has(key)
    open.set(key, qos === 1 ? 'puback' : 'pubrec')
    if ((first & 8) !== 0) return 'again'
    return isOpen ? 'idInUse' : null
  }
  const judgeAnswer = ({ first, packetId, meta, bytes }: StoredEntry): HandshakeMark | null => {
    const type = first >> 4
    const key = keyOf(packetId, (meta & metaBits.out) === 0)
    const awaited = open.get(key)
    const isRefused = reasonOf(bytes) >= 0x80
    if (awaited === undefined) return type === pubcomp && released.delete(key) ? 'twice' : 'unasked'
    if (type === puback && awaited === 'puback') return done(key)
    if (type === pubrec && awaited === 'pubrec') {
      if (isRefused) open.delete(key)
      else open.set(key, 'pubcomp')
      return null
    }
    if (type === pubcomp && awaited === 'pubcomp') return done(key)
    // MQTT 3.1 servers repeat PUBREC until PUBREL arrives.
    return type === pubrec && awaited === 'pubcomp' ? 'twice' : 'wrongAnswer'
  }
  const done = (key: number): null => {
    open.delete(key)
    return null
  }
  const judge = (given: StoredEntry): HandshakeMark | null => {
    if ((given.meta & metaBits.step) !== 0) return null
    const type = given.first >> 4
    if (type === publish) return judgePublish(given)
    if (type === puback || type === pubrec || type === pubcomp) return judgeAnswer(given)
    if (type === pubrel) {
      const key = keyOf(given.packetId, (given.meta & metaBits.out) !== 0)
      const isKnown = open.get(key) === 'pubcomp' || open.get(key) === undefined
      if (open.get(key) === undefined) released.add(key)
      return isKnown ? null : 'wrongAnswer'
    }
    return null
  }
  return {
    catchUp: () => {
      const from = Math.max(judged + 1, store.first())
      const to = Math.min(store.last(), from + mostAtOnce - 1)
      for (let number = from; number <= to; number++) {
        const mark = store.read(number, entry) ? judge(entry) : null
        if (mark) marks.set(number, mark)
      }
      judged = Math.max(judged, to)
      if (marks.size > 0) for (const number of marks.keys()) if (number < store.first()) marks.delete(number)
      return judged >= store.last()
    },
    markOf: (number) => marks.get(number) ?? null,
  }
}

/** The reason code of an acknowledgement with one; 0 = none. */
export const reasonOf = (bytes: Uint8Array): number =>
  (bytes[1] ?? 0) > 2 && (bytes[1] ?? 0) < 0x80 ? (bytes[4] ?? 0) : 0
