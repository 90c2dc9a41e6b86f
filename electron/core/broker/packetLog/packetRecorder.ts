import type { ConnectionStep } from '#shared/model/packets'
import type { ProtocolVersion } from '#shared/model/qos'
import { encodeVariableInteger } from '#shared/mqtt/publishProperties'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { flags as frameFlags } from '#shared/model/frame'
import { visibleLine } from '#shared/text/visibleLine'
import { packetIdIn } from '../packets/packetIdentifier'
import type { SkippedPublish } from '../packets/publishSkipper'
import { createPacketCutter } from '../transport/packetCutter'
import type { PacketTrace } from '../transport/packetTrace'
import type { WireMessage } from '../message/wireMessage'
import type { ReadPublish } from '../packets/packetReader'
import { createPacketStore, metaBits, type NewEntry, type PacketStore } from './packetStore'

/** Records the packets of a connection, over all its network connections, while it is switched on. */
export interface PacketRecorder {
  readonly store: PacketStore
  isOn(): boolean
  switchTo(isOn: boolean): void
  /** A network connection begins; what is given gets its packets. */
  begin(version: ProtocolVersion, address: string): PacketTrace
  /** A step of the network connection; the detail has no secret. */
  step(step: ConnectionStep, detail?: string): void
  /** The message that the latest packet brought has this number in the log. */
  told(sequence: number): void
  /** The session found something against the packet that came last. */
  violated(text: string): void
  violationOf(number: number): string | null
  /** Goes up with every change but a packet. */
  revision(): number
  clear(): void
}

export interface PacketRecorderParts {
  readonly isOnAtFirst: boolean
  /** Bytes. */
  readonly budget: () => number
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** `meta` of a version, as `versionOf` reads it. */
const versionBits: Readonly<Record<ProtocolVersion, number>> = { '3.1': 0, '3.1.1': 2, '5': 4 }
const versions = ['3.1', '3.1.1', '5'] as const
export const versionOf = (meta: number): ProtocolVersion => versions[(meta & metaBits.version) >> 1] ?? '5'

/** More than that would be no violations but a server that is broken through and through. */
const mostViolations = 10_000

export const createPacketRecorder = ({ isOnAtFirst, budget, now }: PacketRecorderParts): PacketRecorder => {
  const store = createPacketStore(budget)
  const violations = new Map<number, string>()
  let isOn = isOnAtFirst
  let revision = 0
  let lastIn = 0
  /** The time of the session's clock at which bytes were read last. */
  let lastRead = 0
  /** What `performance.now` is from milliseconds since 1970. */
  let shift = now() - performance.now()

  /** The one entry that comes: filled anew for each, so that recording a packet allocates nothing. */
  const next: NewEntry = { time: 0, size: 0, packetId: 0, meta: 0, source: noBytes, start: 0, end: 0 }
  /** Times do not go back, whichever clock they were read from. */
  const setTime = (time: number) => {
    if (time > next.time) next.time = time
  }
  const add = (bytes: Buffer, size: number, meta: number): number => {
    setTime(shift + performance.now())
    next.size = size
    next.packetId = (meta & metaBits.step) === 0 ? packetIdIn(bytes) : 0
    next.meta = meta
    next.source = bytes
    next.start = 0
    next.end = bytes.length
    return store.add(next)
  }
  /** What arrived together has one time: to read the clock would cost as much as all the rest. */
  const addPublish = (message: WireMessage & ReadPublish, meta: number): number => {
    if (message.packetId > 0 || message.time !== lastRead) setTime(shift + performance.now())
    lastRead = message.time
    next.size = message.end - message.packetStart
    next.packetId = message.packetId
    next.meta = meta
    next.source = message.source
    next.start = message.packetStart
    next.end = message.end
    return store.add(next)
  }

  const step = (name: ConnectionStep, detail = '') => {
    if (!isOn) return
    add(Buffer.from(`${name} ${visibleLine(detail, 500)}`), 0, metaBits.step)
  }
  return {
    store,
    isOn: () => isOn,
    switchTo: (wanted) => {
      isOn = wanted
      revision += 1
    },
    begin: (version, address) => {
      shift = now() - performance.now()
      // The clock may have been put back since the last network connection.
      next.time = 0
      step('begin', `${address}, MQTT ${version}`)
      const meta = versionBits[version]
      const sent = createPacketCutter((bytes, size) => {
        if (isOn) add(bytes, size, meta | metaBits.out)
      })
      const incoming = (bytes: Buffer, size = bytes.length) => {
        lastIn = isOn ? add(bytes, size, meta) : 0
      }
      return {
        sent,
        received: (message) => {
          lastIn = isOn ? addPublish(message, meta) : 0
        },
        skipped: (publish) => incoming(headOf(publish), publish.bytes),
        receivedControl: (bytes) => incoming(bytes),
        broken: (bytes) => {
          if (bytes.length > 0) incoming(bytes)
        },
      }
    },
    step,
    told: (sequence) => {
      if (isOn && lastIn > 0) store.setSequence(lastIn, sequence)
    },
    violated: (text) => {
      if (!isOn || lastIn === 0) return
      violations.set(lastIn, text)
      if (violations.size > mostViolations) violations.delete(violations.keys().next().value ?? 0)
      revision += 1
    },
    violationOf: (number) => violations.get(number) ?? null,
    revision: () => revision,
    clear: () => {
      store.clear()
      violations.clear()
      lastIn = 0
      revision += 1
    },
  }
}

const noBytes = Buffer.alloc(0)

/** The beginning of a PUBLISH whose rest was dropped: fixed header, topic name and Packet Identifier. */
const headOf = ({ topic, packetId, flags, bytes }: SkippedPublish): Buffer => {
  const name = encodeUtf8(topic)
  const qos = flags & frameFlags.qosMask
  const first = 0x30 | (flags & 8) | (qos << 1) | ((flags & frameFlags.retain) === 0 ? 0 : 1)
  const lengthBytes = [1, 2, 3, 4].find((count) => bytes - 1 - count < 128 ** count) ?? 4
  return Buffer.from([
    first,
    ...encodeVariableInteger(bytes - 1 - lengthBytes),
    name.length >> 8,
    name.length & 255,
    ...name,
    ...(qos > 0 ? [packetId >> 8, packetId & 255] : []),
  ])
}
