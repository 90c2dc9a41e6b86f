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
  /** Asks where to and writes exactly these bytes; a failure becomes a notice. */
  readonly saveBytes: (suggestedName: string, bytes: Uint8Array) => Promise<void>
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

  saveBytes: async (suggestedName, bytes) => {
    // A view would take its whole frame along through the bridge.
    const result = await api.invoke('file.save', { suggestedName, bytes: bytes.slice() })
    if (!result.ok) get().receiveNotice(result.error)
  },
})
