import type { CommandName, Handlers } from '#shared/contract'
import { ok } from '#shared/result'
import type { ResponderRegistry } from '../responder/responderRegistry'
import type { RequestRegistry } from './requestRegistry'

export interface RequestHandlerParts {
  readonly requests: RequestRegistry
  readonly responders: ResponderRegistry
}

type RequestCommand = Extract<CommandName, `request.${string}` | `responder.${string}`>

/** The commands on requests, and on the rules that answer them, a line each. */
export const createRequestHandlers = ({
  requests,
  responders,
}: RequestHandlerParts): Pick<Handlers, RequestCommand> => ({
  'request.send': (request) => requests.send(request),
  'request.clear': ({ connectionId }) => {
    requests.clear(connectionId)
    return ok(null)
  },
  'responder.save': (rules) => responders.save(rules),
  'responder.switch': ({ isOn, ...key }) => responders.switch(key, isOn),
})
