/** One holder's part of the ledger. */
export interface LedgerAccount {
  held(): number
  /** Notes what is held now; false = more than there is room for, and nothing changed. */
  take(bytes: number): boolean
  /** Notes what is held already, also beyond the limit; then nothing else fits. */
  note(bytes: number): void
  give(bytes: number): void
  /** Gives everything back; what comes later is not noted. */
  close(): void
}

/** The bytes all of the broker holds for its clients, against one limit. */
export interface Ledger {
  used(): number
  fits(bytes: number): boolean
  open(): LedgerAccount
}

export const createLedger = (limitBytes: number): Ledger => {
  let used = 0
  const fits = (bytes: number) => used + bytes <= limitBytes
  const open = (): LedgerAccount => {
    let held = 0
    let isOpen = true
    const change = (bytes: number) => {
      if (!isOpen) return
      held += bytes
      used += bytes
    }
    return {
      held: () => held,
      take: (bytes) => {
        if (bytes > 0 && !fits(bytes)) return false
        change(bytes)
        return true
      },
      note: change,
      give: (bytes) => change(-Math.min(bytes, held)),
      close: () => {
        change(-held)
        isOpen = false
      },
    }
  }
  return { used: () => used, fits, open }
}

/** What an object, an array entry or a string costs beside its content, measured generously. */
const overheadBytes = 64
/** A message with the objects around it. */
const messageOverheadBytes = 512

const bytesOfValue = (value: unknown): number => {
  if (typeof value === 'string') return overheadBytes + 2 * value.length
  if (value instanceof Uint8Array) return overheadBytes + value.length
  if (typeof value !== 'object' || value === null) return overheadBytes
  let bytes = overheadBytes
  for (const [key, part] of Object.entries(value)) bytes += key.length * 2 + bytesOfValue(part)
  return bytes
}

export interface SizedMessage {
  readonly topic?: string
  readonly payload?: string | Uint8Array
  readonly properties?: object
}

/** What a message costs while it is held. */
export const bytesOfMessage = ({ topic = '', payload = '', properties }: SizedMessage): number =>
  messageOverheadBytes +
  2 * topic.length +
  (typeof payload === 'string' ? 2 * payload.length : payload.length) +
  (properties ? bytesOfValue(properties) : 0)

/** What a subscription costs, in the broker's tables and in those of a kept session. */
export const bytesOfFilter = (filter: string): number => 2 * messageOverheadBytes + 4 * filter.length
