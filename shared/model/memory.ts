/** The processes of the application: the broker connections' own, the page's, the one that draws, and the rest. */
export const processParts = ['main', 'window', 'graphics', 'other'] as const
export type ProcessPart = (typeof processParts)[number]
/** Bytes in use by each. */
type ProcessMemory = Readonly<Record<ProcessPart, number>>

/**
 * What becomes of memory that processes share, such as the code of Chromium: divided among those who share it, left out, or
 * counted for each of them, which makes the sum too large.
 */
export type SharedMemory = 'divided' | 'leftOut' | 'inEach'

export interface ProcessMeasure {
  readonly processes: ProcessMemory
  readonly shared: SharedMemory
}

/** What the main process holds for the window, as part of its memory. */
export const heldParts = ['inbox', 'payloads'] as const
type HeldPart = (typeof heldParts)[number]
export interface HeldMemory {
  readonly bytes: number
  /** The most it may become. */
  readonly limitBytes: number
}

export interface MemoryReport extends ProcessMeasure {
  readonly held: Readonly<Record<HeldPart, HeldMemory>>
}
