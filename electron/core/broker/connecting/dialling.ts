import type { Stage } from '#shared/model/failure'
import type { AppError } from '#shared/result'

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
