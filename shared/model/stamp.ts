/**
 * What a message says of itself so that whoever gets it can tell what was lost, came twice or came late. As a text:
 * `ts1:<run>:<sequence>:<microseconds since 1970>:<QoS>;`, e.g. `ts1:7f3a9c21:0000000042:1764538818123456:1;`
 */
export interface Stamp {
  /** Which stamps belong together: another run has another one. */
  readonly run: string
  /** 0, 1, 2, ... in the order of sending. */
  readonly sequence: number
  /** Milliseconds since 1970 by the clock of whoever sent it. */
  readonly sentAt: number
  /** With which the message was sent; it may come with a lower one. */
  readonly qos: number
}

/** What stamps are written with always has this length, so the size of a message is known before it is sent. */
export const stampLength = 43

export const stampText = ({ run, sequence, sentAt, qos }: Stamp): string =>
  `ts1:${run}:${String(sequence).padStart(10, '0')}:${Math.round(sentAt * 1_000)
    .toString()
    .padStart(16, '0')}:${qos};`

/** Devices may write numbers without leading zeros, and runs in letters of their own. */
const pattern = /^ts1:([\w-]{1,32}):(\d{1,10}):(\d{1,16}):([012]);/

/** The stamp at the beginning of a text; null = there is none. */
export const readStamp = (text: string): Stamp | null => {
  const found = pattern.exec(text)
  if (!found) return null
  const [, run = '', sequence, microseconds, qos] = found
  return { run, sequence: Number(sequence), sentAt: Number(microseconds) / 1_000, qos: Number(qos) }
}

/** The longest text that `readStamp` reads. */
export const longestStamp = 4 + 32 + 1 + 10 + 1 + 16 + 1 + 1 + 1
