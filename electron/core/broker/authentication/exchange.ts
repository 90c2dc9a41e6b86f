import type { AppError, Result } from '#shared/result'

/** One way through the steps of enhanced authentication (MQTT 5 §4.12), from CONNECT or AUTH 0x19 to the server's word. */
export interface Exchange {
  /** Authentication Data of the first packet; null = it has none. */
  readonly data: Uint8Array | null
  /** Answers an AUTH 0x18 of the server; null = an AUTH without data. Fails with why the exchange cannot go on. */
  answer(step: ServerStep): Promise<Result<Uint8Array | null>>
  /** The server says that it is done; answers why that is not to be believed, or null. */
  finish(data: Uint8Array | null): AppError | null
}

interface ServerStep {
  /** From 1. */
  readonly step: number
  readonly data: Uint8Array | null
  /** The server's Reason String; '' = none. */
  readonly reason: string
}

/** How a connection authenticates: each try begins an exchange. */
export interface AuthenticationMethod {
  readonly name: string
  begin(): Result<Exchange>
}

/** Why an exchange cannot go on. `detail` is a key of the catalogue. */
export const exchangeFailure = (
  detail: ExchangeProblem,
  message: string,
  values: Readonly<Record<string, string | number>> = {},
): { readonly ok: false; readonly error: AppError } => ({
  ok: false,
  error: { code: 'authenticationFailed', message, values: { reason: '', ...values, detail } },
})

export type ExchangeProblem =
  | 'unprepared'
  | 'noPassword'
  | 'malformed'
  | 'nonce'
  | 'iterations'
  | 'serverError'
  | 'signature'
  | 'unproved'
  | 'nobody'
