import type { CommandName, Handlers } from '#shared/contract'
import { ok } from '#shared/result'
import type { RequestRegistry } from './requestRegistry'

type RequestCommand = Extract<CommandName, `request.${string}`>

/** The commands on requests, a line each. */
export const createRequestHandlers = (requests: RequestRegistry): Pick<Handlers, RequestCommand> => ({
  'request.send': (request) => requests.send(request),
  'request.clear': ({ connectionId }) => {
    requests.clear(connectionId)
    return ok(null)
  },
})
