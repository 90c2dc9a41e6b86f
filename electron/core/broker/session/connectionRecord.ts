import type { ConnackFacts, ConnectionDetails } from '#shared/model/connectionDetails'
import type { Profile } from '#shared/model/profile'
import { connackFacts } from './connackFacts'
import { createConnectionHistory } from './connectionHistory'
import type { Connack } from '../packets/controlPacket'

/** The latest CONNACK and the history of a session's connections. `now` is in milliseconds since 1970. */
export const createConnectionRecord = (now: () => number) => {
  const { entries, forgotten, ...history } = createConnectionHistory({ now, monotonic: () => performance.now() })
  let connack: ConnackFacts | null = null
  return {
    ...history,
    noteConnack: (packet: Connack, profile: Profile): void => void (connack = connackFacts(packet, profile)),
    details: (): ConnectionDetails => ({ connack, history: entries(), forgotten: forgotten() }),
  }
}
