import type { FindQuery } from '../../decode/find/finder'
import type { JsonStep } from '../../decode/json/jsonOutline'
import type { PayloadViewId } from '../../decode/payloadViews'
import type { TreeFolds } from '../../decode/tree/placedTree'
import { defineAppState } from '../../state/app'

/** What of a message can be shown, in the order of the tabs. */
export const inspectorTabs = ['payload', 'properties', 'difference', 'history'] as const
export type InspectorTab = (typeof inspectorTabs)[number]

/** What of JSON is folded, by what a person has folded and unfolded. */
export interface FoldChoice {
  /** Everything but the outermost is folded, unless it was unfolded since; or nothing, unless it was folded. */
  readonly all: boolean
  /** The ways to what was folded or unfolded since, by themselves as text. */
  readonly toggled: ReadonlyMap<string, readonly JsonStep[]>
}

export const noFolds: FoldChoice = { all: false, toggled: new Map() }

/** What a person looks for in payloads. It stays there for when the bar is opened again. */
interface Finding {
  readonly isOpen: boolean
  readonly query: FindQuery
  /** Grows each time it is asked for. */
  readonly turn: number
}

/** How a person wants the details shown, until the window closes. */
export interface InspectorState {
  readonly tab: InspectorTab
  /** Payload views that were chosen, by topic. A Map: its keys came over the wire. */
  readonly chosenViews: ReadonlyMap<string, PayloadViewId>
  /** By topic: the next message of a topic mostly has the same shape. */
  readonly folds: ReadonlyMap<string, FoldChoice>
  /** What is open in the tree, by topic. */
  readonly treeFolds: ReadonlyMap<string, TreeFolds>
  /** The bytes stand beside the tree. */
  readonly showsBytes: boolean
  readonly finding: Finding
  showTab(tab: InspectorTab): void
  /** Null = the view that fits each payload again. */
  chooseView(topic: string, view: PayloadViewId | null): void
  fold(topic: string, choice: FoldChoice): void
  foldTree(topic: string, folds: TreeFolds): void
  toggleBytes(): void
  /** Shows the payload with the bar to find in it. */
  openFind(): void
  closeFind(): void
  changeFind(change: Partial<FindQuery>): void
}

export const inspectorState = defineAppState<InspectorState>('inspector', ({ get, set }) => ({
  tab: 'payload',
  chosenViews: new Map(),
  folds: new Map(),
  treeFolds: new Map(),
  showsBytes: false,
  finding: { isOpen: false, query: { text: '', matchCase: false }, turn: 0 },

  showTab: (tab) => set({ tab }),

  chooseView: (topic, view) => {
    const chosenViews = new Map(get().chosenViews)
    if (view === null) chosenViews.delete(topic)
    else chosenViews.set(topic, view)
    set({ chosenViews })
  },

  openFind: () =>
    set(({ finding }) => ({ tab: 'payload', finding: { ...finding, isOpen: true, turn: finding.turn + 1 } })),

  closeFind: () => set(({ finding }) => ({ finding: { ...finding, isOpen: false } })),

  changeFind: (change) => set(({ finding }) => ({ finding: { ...finding, query: { ...finding.query, ...change } } })),

  foldTree: (topic, folds) => set({ treeFolds: new Map(get().treeFolds).set(topic, folds) }),

  toggleBytes: () => set(({ showsBytes }) => ({ showsBytes: !showsBytes })),

  fold: (topic, choice) => set({ folds: new Map(get().folds).set(topic, choice) }),
}))

/** The view a person chose for the topic; null = none. */
export const selectChosenView =
  (topic: string) =>
  ({ chosenViews }: InspectorState): PayloadViewId | null =>
    chosenViews.get(topic) ?? null
