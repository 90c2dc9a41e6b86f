import type { ConnectionFailure } from './failure'
import type { SessionPhase } from './session'

/** What came of a connection that was made to try settings, and that is closed again. */
export type ConnectionTest =
  | {
      readonly outcome: 'accepted'
      /** What was known of the connection while it stood. */
      readonly online: Extract<SessionPhase, { phase: 'online' }>
      /** From the first step to CONNACK. */
      readonly connectMilliseconds: number
      /** Round trip of a PINGREQ; null = the broker did not answer it. */
      readonly pingMilliseconds: number | null
      /** The settings' client ID was not used, so that no session of it is disturbed. */
      readonly hasOtherClientId: boolean
      /** The settings have a last will, which the test left out. */
      readonly leftWillOut: boolean
    }
  | { readonly outcome: 'failed'; readonly failure: ConnectionFailure }
  /** A person ended it, or began another one. */
  | { readonly outcome: 'cancelled' }
