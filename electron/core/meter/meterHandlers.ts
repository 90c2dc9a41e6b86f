import type { CommandName, Handlers } from '#shared/contract'
import type { MeterRegistry } from './meterRegistry'

export interface MeterHandlerParts {
  readonly meters: MeterRegistry
}

/** The commands on meters, a line each. */
export const createMeterHandlers = ({
  meters,
}: MeterHandlerParts): Pick<Handlers, Extract<CommandName, `meter.${string}`>> => ({
  'meter.start': (request) => meters.start(request),
  'meter.stop': (key) => meters.stop(key),
  'meter.remove': (key) => meters.remove(key),
})
