import type { ConnectionDetails } from '#shared/model/connectionDetails'
import type { SliceCreator } from '../../store/sliceCreator'

export interface DetailsSlice {
  /** The connection whose details are open; null = none. */
  readonly detailsOf: string | null
  /** When the drop happened whose note a person has put away, by connection. */
  readonly dismissedDrops: Readonly<Record<string, number>>
  readonly openDetails: (connectionId: string) => void
  readonly closeDetails: () => void
  /** Null = they could not be had; why is told as a notice. */
  readonly readDetails: (connectionId: string) => Promise<ConnectionDetails | null>
  readonly dismissDrop: (connectionId: string, droppedAt: number) => void
}

/** What is known of a connection beside its state. */
export const createDetailsSlice: SliceCreator<DetailsSlice> = (set, get, { api }) => ({
  detailsOf: null,
  dismissedDrops: {},
  openDetails: (detailsOf) => set({ detailsOf }),
  closeDetails: () => set({ detailsOf: null }),
  readDetails: async (connectionId) => {
    const result = await api.invoke('session.details', { connectionId })
    if (result.ok) return result.value
    get().receiveNotice(result.error)
    return null
  },
  dismissDrop: (connectionId, droppedAt) =>
    set(({ dismissedDrops }) => ({ dismissedDrops: { ...dismissedDrops, [connectionId]: droppedAt } })),
})
