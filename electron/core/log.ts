export const logLevels = ['info', 'debug'] as const
/** `debug` = a line a control packet as well. */
export type LogLevel = (typeof logLevels)[number]

/** Where the main process notes what happened. Callers pass neither secrets nor payloads. */
export interface Log {
  info(message: string): void
  warn(message: string): void
  error(message: string, error?: unknown): void
  /** For a line a control packet; null = that was not asked for, so no line need be made. */
  readonly debug: ((message: string) => void) | null
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: null }
