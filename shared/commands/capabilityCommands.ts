import { z } from 'zod'
import { trialIds, trialPrefixSchema, type CapabilityReport } from '../model/capabilities'
import { answers, byConnection } from './answers'

/** What a server can do, found out by trying. */
export const capabilityCommands = {
  /**
   * Tries over connections of their own, with the settings of the connection that is online and client IDs that nobody has; cleans
   * up behind itself. `capabilities.changed` tells each result. Ends trials of the connection that still run. Fails with
   * `notConnected`.
   */
  'capabilities.try': answers<CapabilityReport>()(
    byConnection.extend({ prefix: trialPrefixSchema, trials: z.array(z.enum(trialIds)).min(1).max(trialIds.length) }),
  ),
  'capabilities.cancel': answers<null>()(byConnection),
}
