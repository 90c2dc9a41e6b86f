/** The processes of the application: the broker connections' own, the page's, the one that draws, and the rest. */
export const processParts = ['main', 'window', 'graphics', 'other'] as const
export type ProcessPart = (typeof processParts)[number]
/** Bytes in use by each. Pages of memory that processes share are counted for each of them. */
export type ProcessMemory = Readonly<Record<ProcessPart, number>>

/** What the main process holds for the window, as part of its memory. */
export const heldParts = ['inbox', 'payloads'] as const
type HeldPart = (typeof heldParts)[number]
export interface HeldMemory {
  readonly bytes: number
  /** The most it may become. */
  readonly limitBytes: number
}

export interface MemoryReport {
  readonly processes: ProcessMemory
  readonly held: Readonly<Record<HeldPart, HeldMemory>>
}
