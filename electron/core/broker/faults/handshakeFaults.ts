import type { FaultRules } from './faultRules'
import { handshakeNameOf, withReasonCode } from './faultedPacket'

export interface HandshakeFaultsParts {
  readonly rules: FaultRules
  readonly nameOf: (packet: Buffer) => string
  readonly send: (packet: Buffer) => void
}

/** What becomes of PUBACK, PUBREC, PUBREL and PUBCOMP on their way out. */
export interface HandshakeFaults {
  /** Answers whether it was dealt with; else it goes its way. */
  take(packet: Buffer): boolean
  /** The rules changed: what is not to be delayed any more is sent. */
  changed(): void
  close(): void
}

export const createHandshakeFaults = ({ rules, nameOf, send }: HandshakeFaultsParts): HandshakeFaults => {
  const delayed = new Map<Buffer, NodeJS.Timeout>()
  const sendDelayed = (packet: Buffer) => {
    clearTimeout(delayed.get(packet))
    delayed.delete(packet)
    send(packet)
  }
  return {
    take: (packet) => {
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
      if (!coded && !delay) return false
      if (!delay) send(given)
      else {
        rules.note('delayed', nameOf(given), delay)
        delayed.set(
          given,
          setTimeout(() => sendDelayed(given), delay.milliseconds),
        )
      }
      return true
    },
    changed: () => {
      for (const packet of delayed.keys()) if (!rules.find('delay', handshakeNameOf(packet) ?? '')) sendDelayed(packet)
    },
    close: () => {
      for (const timer of delayed.values()) clearTimeout(timer)
    },
  }
}
