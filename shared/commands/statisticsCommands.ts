import { z } from 'zod'
import { answers, byConnection } from './answers'

/** What a server publishes of itself. */
export const statisticsCommands = {
  /** Subscribes to `$SYS/#` beside the person's filters, or takes it back; `statistics.changed` tells what comes. Fails with `notConnected`. */
  'statistics.watch': answers<null>()(byConnection.extend({ isOn: z.boolean() })),
}
