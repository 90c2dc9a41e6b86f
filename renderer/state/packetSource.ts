import type { PacketSource } from '#shared/model/packets'
import { defineConnectionState, type Connection } from './app'

interface PacketSourceState {
  /** Whose packets the view shows. */
  readonly of: PacketSource
  show(of: PacketSource): void
}

/** Which packets of a connection are looked at: whoever has some to show says so. */
export const packetSourceState = defineConnectionState<PacketSourceState>('packetSource', ({ set }) => ({
  of: 'session',
  show: (of) => set({ of }),
}))

/** Where main finds the packets that are looked at. */
export const placeOf = (connection: Connection) => ({
  connectionId: connection.id,
  of: connection.get(packetSourceState).of,
})
