import { createOneTimer } from './oneTimer'

/** What holds back bytes on their way out. */
interface OutgoingRules {
  /** Milliseconds that everything takes longer. */
  latencyMs(): number
  /** Bytes a second; null = as fast as the socket takes them. */
  bytesPerSecond(): number | null
  isByteWise(): boolean
  /** Whether of the next packet only the first half goes out. */
  isHalf(): boolean
}

export interface OutgoingQueueParts {
  readonly rules: OutgoingRules
  /** Bytes for the socket: a packet, or a part of it. */
  readonly write: (bytes: Buffer) => void
  /** All of a packet is out. */
  readonly onSent: (packet: Buffer) => void
  /** The first half of a packet is out. */
  readonly onHalf: (packet: Buffer, sent: number) => void
  /** The rest of it is, too. */
  readonly onRest: (packet: Buffer) => void
}

/** Packets leave in the order in which they came, each as the rules of its moment say. */
export interface OutgoingQueue {
  /** `done` is called when there is room for more. */
  add(packet: Buffer, done: () => void): void
  isEmpty(): boolean
  /** The rules changed. */
  changed(): void
  /** Nothing leaves any more. */
  end(): void
}

/** Whoever sends waits when so many bytes are queued, so that a throttled connection slows its sender down. */
const fullBytes = 2 ** 16
/** A throttled connection writes so often a second. */
const writesPerSecond = 20

interface Waiting {
  packet: Buffer
  sent: number
  readonly dueAt: number
}

export const createOutgoingQueue = ({ rules, write, onSent, onHalf, onRest }: OutgoingQueueParts): OutgoingQueue => {
  const queue: Waiting[] = []
  const waitingForRoom: (() => void)[] = []
  let bytes = 0
  /** The first half of the head is out, and the rest of it is not wanted. */
  let isStuck = false
  let hasEnded = false

  const send = (head: Waiting, count: number) => {
    write(head.packet.subarray(head.sent, head.sent + count))
    head.sent += count
    bytes -= count
    if (head.sent === head.packet.length) {
      queue.shift()
      onSent(head.packet)
    }
    if (bytes < fullBytes) for (const done of waitingForRoom.splice(0)) done()
  }
  /** Sends some of the head; answers after how many milliseconds it goes on, null = at once. */
  const sendSome = (head: Waiting): number | null => {
    const left = head.packet.length - head.sent
    if (rules.isByteWise()) {
      send(head, 1)
      return 0
    }
    const rate = rules.bytesPerSecond()
    if (rate === null) {
      send(head, left)
      return null
    }
    const count = Math.min(left, Math.max(1, Math.round(rate / writesPerSecond)))
    send(head, count)
    return (count / rate) * 1_000
  }
  const sendHalf = (head: Waiting) => {
    isStuck = true
    const half = Math.floor(head.packet.length / 2)
    send(head, Math.max(1, half))
    onHalf(head.packet, head.sent)
  }
  const pump = () => {
    if (timer.isSet() || hasEnded) return
    for (let head = queue[0]; head; head = queue[0]) {
      if (isStuck && rules.isHalf()) return
      if (isStuck) {
        isStuck = false
        onRest(head.packet)
      }
      const wait = head.dueAt - performance.now()
      if (wait > 0) {
        timer.set(wait)
        return
      }
      if (rules.isHalf() && head.sent === 0) {
        sendHalf(head)
        return
      }
      const pause = sendSome(head)
      if (pause !== null) {
        timer.set(pause)
        return
      }
    }
  }
  const timer = createOneTimer(pump)
  return {
    add: (packet, done) => {
      queue.push({ packet, sent: 0, dueAt: performance.now() + rules.latencyMs() })
      bytes += packet.length
      pump()
      if (bytes < fullBytes) done()
      else waitingForRoom.push(done)
    },
    isEmpty: () => queue.length === 0,
    changed: () => {
      timer.clear()
      pump()
    },
    end: () => {
      hasEnded = true
      timer.clear()
      queue.length = 0
      for (const done of waitingForRoom.splice(0)) done()
    },
  }
}
