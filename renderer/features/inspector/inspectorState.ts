import type { PayloadViewId } from '../../decode/payloadViews'
import { defineAppState } from '../../state/app'

export type InspectorTab = 'payload' | 'difference'

/** How a person wants the details shown, until the window closes. */
export interface InspectorState {
  readonly tab: InspectorTab
  /** Payload views that were chosen, by topic. A Map: its keys came over the wire. */
  readonly chosenViews: ReadonlyMap<string, PayloadViewId>
  showTab(tab: InspectorTab): void
  /** Null = the view that fits each payload again. */
  chooseView(topic: string, view: PayloadViewId | null): void
}

export const inspectorState = defineAppState<InspectorState>('inspector', ({ get, set }) => ({
  tab: 'payload',
  chosenViews: new Map(),

  showTab: (tab) => set({ tab }),

  chooseView: (topic, view) => {
    const chosenViews = new Map(get().chosenViews)
    if (view === null) chosenViews.delete(topic)
    else chosenViews.set(topic, view)
    set({ chosenViews })
  },
}))

/** The view a person chose for the topic; null = none. */
export const selectChosenView =
  (topic: string) =>
  ({ chosenViews }: InspectorState): PayloadViewId | null =>
    chosenViews.get(topic) ?? null
