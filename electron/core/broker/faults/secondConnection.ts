import type { MadeWith, ShortConnection, ShortConnectionParts } from '../session/shortConnection'
import { openShortConnection } from '../session/shortConnection'
import type { SecondConnection, SecondTold } from './momentaryFaults'

type SecondParts = Pick<ShortConnectionParts, 'openTransport' | 'maximumPacketSize' | 'now' | 'debug'>

/** Connects once more with the client ID of the session, so that the server ends the session's connection (MQTT 5 §3.1.4-3). */
export const openSecondConnection = (made: MadeWith, parts: SecondParts, told: SecondTold): SecondConnection => {
  const abort = new AbortController()
  let opened: ShortConnection | null = null
  const { clientId } = made.profile
  const run = openShortConnection({
    ...made,
    ...parts,
    clientId,
    signal: abort.signal,
    onMessage: () => undefined,
    onLost: ({ technical }) => told.onEnd(technical),
  }).then((result) => {
    if (!result.ok) {
      if (!abort.signal.aborted) told.onEnd(result.error.message)
      return
    }
    opened = result.value
    if (abort.signal.aborted) void opened.close()
    else told.onOnline()
  })
  return {
    close: () => {
      abort.abort()
      void run.then(() => opened?.close())
    },
  }
}
