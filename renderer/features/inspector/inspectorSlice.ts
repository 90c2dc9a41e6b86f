import type { DeliveryRecord } from '#shared/model/delivery'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import { isHead } from '../../model/messageLog/payloadHead'
import type { SliceCreator } from '../../store/sliceCreator'
import type { PayloadView } from './payloadView'

export type InspectorTab = 'payload' | 'difference'

export interface InspectorSlice {
  readonly inspectorTab: InspectorTab
  /** What a person chose for a topic, until the window closes. A Map: its keys came over the wire. */
  readonly payloadViews: ReadonlyMap<string, PayloadView>
  /** Goes up when the details are to take the focus. */
  readonly detailsFocus: number
  readonly showInspectorTab: (tab: InspectorTab) => void
  /** Null = by rule again. */
  readonly choosePayloadView: (topic: string, view: PayloadView | null) => void
  readonly focusDetails: () => void
  /** The packets of a message of ours; null = they are kept no longer. */
  readonly readDelivery: (connectionId: string, sequence: number) => Promise<DeliveryRecord | null>
  /** Asks where to and writes exactly the message's payload, also where only its head is here; a failure becomes a notice. */
  readonly savePayload: (connectionId: string, message: MessageView, suggestedName: string) => Promise<void>
}

export const createInspectorSlice: SliceCreator<InspectorSlice> = (set, get, { api }) => ({
  inspectorTab: 'payload',
  payloadViews: new Map(),
  detailsFocus: 0,

  showInspectorTab: (inspectorTab) => set({ inspectorTab }),

  choosePayloadView: (topic, view) => {
    const payloadViews = new Map(get().payloadViews)
    if (view === null) payloadViews.delete(topic)
    else payloadViews.set(topic, view)
    set({ payloadViews })
  },

  focusDetails: () => set((state) => ({ detailsFocus: state.detailsFocus + 1 })),

  readDelivery: async (connectionId, sequence) => {
    const result = await api.invoke('message.delivery', { connectionId, sequence })
    return result.ok ? result.value : null
  },

  savePayload: async (connectionId, message, suggestedName) => {
    const { sequence, payload } = message
    const result = isHead(message)
      ? await api.invoke('payload.save', { connectionId, sequence, suggestedName })
      : // A view would take its whole frame along through the bridge.
        await api.invoke('file.save', { suggestedName, bytes: payload.slice() })
    if (!result.ok) get().receiveNotice(result.error)
  },
})
