// Why it is so: build/docs/decisions/79-faults-stand-between-packets-and-socket.md
import { packetSummary } from '../packets/packetSummary'
import { createPacketCutter } from '../transport/packetCutter'
import type { ExpectedAnswers } from './expectedAnswers'
import { packetType, pubrelFor, qosOf, typeOf, withDup } from './faultedPacket'
import type { FaultRules } from './faultRules'
import { createHandshakeFaults } from './handshakeFaults'
import { createIncomingQueue, type IncomingQueue } from './incomingQueue'
import { createOutgoingQueue, type OutgoingQueue } from './outgoingQueue'

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
  let isIncomingFull = false
  const nameOf = (packet: Buffer) => packetSummary(packet, packet.length, rules.isVersion5)
  const updateReading = () => wire.setStopped(!isClosed && (isIncomingFull || rules.find('stopReading') !== null))

  const outgoing = outgoingOf(wire, rules, nameOf)
  const incoming = incomingOf(wire, rules, (isFull) => {
    isIncomingFull = isFull
    updateReading()
  })
  const send = (packet: Buffer) => outgoing.add(packet, noop)
  const sendBeside = (packet: Buffer) => {
    answers.noteSent(packet)
    send(packet)
  }
  const handshakes = createHandshakeFaults({ rules, nameOf, send })

  /** Answers whether it is dealt with. */
  const takePing = (packet: Buffer): boolean => {
    const stopPinging = typeOf(packet) === packetType.pingreq ? rules.find('stopPinging') : null
    if (!stopPinging) return false
    rules.note('withheld', 'PINGREQ', stopPinging)
    wire.pingWithheld()
    return true
  }
  const pass = (packet: Buffer, done: () => void) => {
    if (typeOf(packet) === packetType.publish && qosOf(packet) > 0) latestPublish = packet
    if (takePing(packet) || handshakes.take(packet)) done()
    else outgoing.add(packet, done)
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
      handshakes.close()
      outgoing.end()
    },
    changed: () => {
      handshakes.changed()
      outgoing.changed()
      incoming.changed()
      updateReading()
    },
    sendAgain: (isDup) => {
      if (!latestPublish) return null
      const packet = withDup(latestPublish, isDup)
      sendBeside(packet)
      return nameOf(packet)
    },
    sendRaw: (bytes) => {
      createPacketCutter((packet) => answers.noteSent(packet))(bytes)
      send(bytes)
    },
    release: (packetId) => sendBeside(pubrelFor(packetId)),
  }
}

const outgoingOf = (wire: Wire, rules: FaultRules, nameOf: (packet: Buffer) => string): OutgoingQueue =>
  createOutgoingQueue({
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

const incomingOf = (wire: Wire, rules: FaultRules, setFull: (isFull: boolean) => void): IncomingQueue =>
  createIncomingQueue({
    latencyMs: () => rules.find('latency', 'in')?.milliseconds ?? 0,
    bytesPerSecond: () => rules.find('throttle', 'in')?.bytesPerSecond ?? null,
    read: wire.read,
    setFull,
  })
