import type { Stage } from '#shared/model/failure'
import type { AppError, Result } from '#shared/result'

/** What dialling reports to, and what aborts it: the person or the timeout, with the reason. */
export interface Dialling {
  readonly signal: AbortSignal
  /** Called when a step begins; of `proxy` with its address and port as in a URL. */
  readonly onStage: (stage: Stage, detail?: string) => void
  /** Called when an address is tried, with it and the port as in a URL. */
  readonly onAddress?: (address: string) => void
}

/** What dialling fails with when it was ended. */
export const endedBy = ({ reason }: AbortSignal): { readonly ok: false; readonly error: AppError } => ({
  ok: false,
  error: reason as AppError,
})

/** What comes of the work, or that it was ended before; a resolver of names may take far longer than anybody waits. */
export const unlessEnded = <T>(work: Promise<Result<T>>, signal: AbortSignal): Promise<Result<T>> =>
  new Promise((resolve) => {
    const onAbort = () => resolve(endedBy(signal))
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
    void work.then((result) => {
      signal.removeEventListener('abort', onAbort)
      resolve(result)
    })
  })
