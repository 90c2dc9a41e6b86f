/** Where the main process notes what happened. Callers pass neither secrets nor payloads. */
export interface Log {
  info(message: string): void
  warn(message: string): void
  error(message: string, error?: unknown): void
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
