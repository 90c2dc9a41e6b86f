// Why it is so: build/docs/decisions/78-faults-stand-between-packets-and-socket.md
import type { FaultDeed, LastingFault } from '#shared/model/fault'
import { packetSummary } from '../packets/packetSummary'
import { createPacketCutter } from '../transport/packetCutter'
import type { ExpectedAnswers } from './expectedAnswers'
import { handshakeNameOf, packetType, pubrelFor, qosOf, typeOf, withDup, withReasonCode } from './faultedPacket'
import { createIncomingQueue } from './incomingQueue'
import { createOutgoingQueue } from './outgoingQueue'

/** The socket of a network connection, as the fault kit uses it. */
export interface Wire {
  write(bytes: Buffer, done: (error?: Error | null) => void): void
  /** All of a packet went out. */
  told(packet: Buffer): void
  /** Reads no more until it is told otherwise. */
  setStopped(isStopped: boolean): void
  read(chunk: Buffer): void
  /** A PINGREQ that did not go out is not waited for. */
  pingWithheld(): void
}

/** Stands between the packets of a network connection and its socket while the fault kit is on. */
export interface FaultLine {
  /** Whether what is sent and what came is to pass it. */
  isOn(): boolean
  send(bytes: Buffer, done: (error?: Error | null) => void): void
  receive(chunk: Buffer): void
  /** The socket brings nothing more: what waits is read at once. */
  ended(): void
  /** The connection is over. */
  close(): void
}

/** What the fault kit of a connection is set to. */
export interface FaultRules {
  readonly isVersion5: boolean
  isArmed(): boolean
  find<Kind extends LastingFault['kind']>(kind: Kind, about?: string): Extract<LastingFault, { kind: Kind }> | null
  note(what: FaultDeed, about: string, fault?: LastingFault): void
}

/** A line, and what is done on it once. */
export interface ControlledLine extends FaultLine {
  /** The rules changed. */
  changed(): void
  /** Sends the latest PUBLISH of QoS 1 or 2 again; answers its line, null = there is none. */
  sendAgain(isDup: boolean): string | null
  sendRaw(bytes: Buffer): void
  /** Answers an answer that no message waits for. */
  release(packetId: number): void
}

const noop = () => undefined

export const createFaultLine = (wire: Wire, rules: FaultRules, answers: ExpectedAnswers): ControlledLine => {
  let latestPublish: Buffer | null = null
  let isClosed = false
  const delayed = new Map<Buffer, NodeJS.Timeout>()
  const nameOf = (packet: Buffer) => packetSummary(packet, packet.length, rules.isVersion5)

  const outgoing = createOutgoingQueue({
    rules: {
      latencyMs: () => rules.find('latency', 'out')?.milliseconds ?? 0,
      bytesPerSecond: () => rules.find('throttle', 'out')?.bytesPerSecond ?? null,
      isByteWise: () => rules.find('byteWise') !== null,
      isHalf: () => rules.find('halfPacket') !== null,
    },
    write: (bytes) => wire.write(bytes, noop),
    onSent: wire.told,
    onHalf: (packet, sent) => {
      const fault = rules.find('halfPacket')
      rules.note('halfSent', `${nameOf(packet)}: ${sent} of ${packet.length} bytes`, fault ?? undefined)
    },
    onRest: (packet) => rules.note('restSent', nameOf(packet)),
  })
  const incoming = createIncomingQueue({
    latencyMs: () => rules.find('latency', 'in')?.milliseconds ?? 0,
    bytesPerSecond: () => rules.find('throttle', 'in')?.bytesPerSecond ?? null,
    read: wire.read,
    setFull: (isFull) => {
      isIncomingFull = isFull
      updateReading()
    },
  })
  let isIncomingFull = false
  const updateReading = () => wire.setStopped(!isClosed && (isIncomingFull || rules.find('stopReading') !== null))

  const sendLater = (packet: Buffer, milliseconds: number) => {
    const timer = setTimeout(() => sendDelayed(packet), milliseconds)
    delayed.set(packet, timer)
  }
  const sendDelayed = (packet: Buffer) => {
    clearTimeout(delayed.get(packet))
    delayed.delete(packet)
    outgoing.add(packet, noop)
  }
  /** A packet of a QoS handshake; answers whether it was dealt with. */
  const faultHandshake = (packet: Buffer): boolean => {
    const name = handshakeNameOf(packet)
    if (name === null) return false
    const withheld = rules.find('withhold', name)
    if (withheld) {
      rules.note('withheld', nameOf(packet), withheld)
      return true
    }
    const coded = rules.isVersion5 ? rules.find('reasonCode', name) : null
    const given = coded ? withReasonCode(packet, coded.code) : packet
    if (coded) rules.note('changed', nameOf(given), coded)
    const delay = rules.find('delay', name)
    if (delay) {
      rules.note('delayed', nameOf(given), delay)
      sendLater(given, delay.milliseconds)
      return true
    }
    if (coded) outgoing.add(given, noop)
    return coded !== null
  }
  const pass = (packet: Buffer, done: () => void) => {
    const stopPinging = typeOf(packet) === packetType.pingreq ? rules.find('stopPinging') : null
    if (stopPinging) {
      rules.note('withheld', 'PINGREQ', stopPinging)
      wire.pingWithheld()
      done()
      return
    }
    if (faultHandshake(packet)) {
      done()
      return
    }
    if (typeOf(packet) === packetType.publish && qosOf(packet) > 0) latestPublish = packet
    outgoing.add(packet, done)
  }
  let take: (packet: Buffer) => void = noop
  const cut = createPacketCutter((packet) => take(packet))

  return {
    isOn: () => rules.isArmed() || !outgoing.isEmpty() || !incoming.isEmpty(),
    send: (bytes, done) => {
      // One for these bytes, because a piece of a packet waits for the rest of it, and one for each packet in them.
      let left = 1
      const finish = () => {
        left -= 1
        if (left === 0) done()
      }
      take = (packet) => {
        left += 1
        pass(packet, finish)
      }
      cut(bytes)
      finish()
    },
    receive: incoming.add,
    ended: incoming.flush,
    close: () => {
      isClosed = true
      for (const timer of delayed.values()) clearTimeout(timer)
      outgoing.end()
    },
    changed: () => {
      for (const packet of delayed.keys())
        if (!rules.find('delay', handshakeNameOf(packet) ?? '')) sendDelayed(packet)
      outgoing.changed()
      incoming.changed()
      updateReading()
    },
    sendAgain: (isDup) => {
      if (!latestPublish) return null
      const packet = withDup(latestPublish, isDup)
      answers.noteSent(packet)
      outgoing.add(packet, noop)
      return nameOf(packet)
    },
    sendRaw: (bytes) => {
      createPacketCutter((packet) => answers.noteSent(packet))(bytes)
      outgoing.add(bytes, noop)
    },
    release: (packetId) => {
      const packet = pubrelFor(packetId)
      answers.noteSent(packet)
      outgoing.add(packet, noop)
    },
  }
}

