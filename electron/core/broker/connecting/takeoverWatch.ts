// Why it is so: build/docs/decisions/22-takeovers-are-seen-by-their-pattern.md
import { newClientId } from '#shared/model/profile'
import type { ConnectionFailure } from '#shared/model/failure'
import { withNewClientId } from './remedies'

/** A connection that stood longer than this was not ended by a client that fights for its session. */
const shortMs = 60_000
/** From this close in a row on, it is named. */
const suspicious = 2
/** From this one on, it is left to the other client. */
const givenUp = 6

/**
 * Notices two clients that take one session from each other: each close comes soon after a connection was accepted, for
 * no reason, and the next connect succeeds at once. A server that stops or restarts refuses some connects between.
 */
export const createTakeoverWatch = () => {
  let closes = 0
  return {
    /** The failure as it is to be told; `onlineMs` = how long the connection stood, null = it never did. */
    judge: (failure: ConnectionFailure, onlineMs: number | null): ConnectionFailure => {
      const fits = isWordless(failure) && onlineMs !== null && onlineMs < shortMs
      closes = fits ? closes + 1 : 0
      if (closes < suspicious) return failure
      return {
        ...failure,
        code: 'sessionTakenOver',
        values: { ...failure.values, detail: 'perhaps' },
        remedies: [withNewClientId(newClientId())],
        retries: closes < givenUp ? 'endless' : 'none',
      }
    },
    /** The person connects or disconnects. */
    reset: (): void => void (closes = 0),
  }
}

/** A server that only closes, as those before MQTT 5 must, and some with it do (3.1.1 §3.1.4-2, MQTT 5 §3.1.4-3). */
const isWordless = ({ stage, code }: ConnectionFailure) =>
  stage === 'online' && (code === 'connectionClosed' || code === 'connectionReset')
