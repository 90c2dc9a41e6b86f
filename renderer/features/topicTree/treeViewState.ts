import type { TopicSort } from '../../model/topicIndex/topicIndexNode'
import { defineConnectionState } from '../../state/app'
import { probeState, selectIsNarrowed } from '../../state/probe'
import { selectionState, selectSelectedTopic } from '../../state/selection'
import { settingsState } from '../../state/settings'
import { branchesAbove, firstBranches } from './branches'
import { shownColumns, sortsOf } from './columns/treeColumns'

/** How the tree of a connection is looked at. */
export interface TreeView {
  readonly expanded: ReadonlySet<string>
  /** While rows are left out: closed on the way to something found. */
  readonly collapsed: ReadonlySet<string>
  /** The person has opened, closed or selected something: from then on nothing opens by itself. */
  readonly touched: boolean
  readonly sort: TopicSort
  readonly reversed: boolean
  /** All columns of traffic stand beside those that are chosen. */
  readonly traffic: boolean
  readonly search: string
  /** Where it was scrolled to when it was last shown. */
  readonly scrollTop: number
}

export interface TreeViewState extends TreeView {
  openBranches(topics: readonly string[]): void
  closeBranches(topics: readonly string[]): void
  /** Opens the first levels of a small tree nobody has touched yet. */
  openFirstBranches(): void
  sortBy(sort: TopicSort, reversed?: boolean): void
  showTraffic(traffic: boolean): void
  /** Sorts by name where the column that sorts is no longer shown. */
  keepSortInView(): void
  searchFor(search: string): void
  rememberScroll(scrollTop: number): void
}

/** Rows up to which an untouched tree opens by itself. */
export const openingRows = 40

/** The way to a topic that is chosen, wherever in the window, is opened each time. */
export const treeViewState = defineConnectionState<TreeViewState>('treeView', ({ owner, get, set }) => {
  const chosen = owner.get(selectionState)
  owner.watch(selectionState, (state, before) => {
    if (state.topicChoices !== before.topicChoices) set((view) => withWayTo(selectSelectedTopic(state), view))
  })
  owner.watch(probeState, ({ filter, only }, before) => {
    if (filter !== before.filter || only !== before.only) set({ collapsed: freshView.collapsed })
  })
  return {
    ...freshView,
    ...(chosen.topicChoices > 0 ? withWayTo(selectSelectedTopic(chosen), freshView) : {}),

    openBranches: (topics) => set((view) => withOpen(topics, view)),
    closeBranches: (topics) =>
      set(({ expanded, collapsed, search }) => ({
        touched: true,
        expanded: withoutAll(expanded, topics),
        collapsed: search === '' && !selectIsNarrowed(owner.get(probeState)) ? collapsed : withAll(collapsed, topics),
      })),
    openFirstBranches: () => {
      const view = get()
      if (view.touched || view.search !== '') return
      const expanded = withAll(view.expanded, firstBranches(owner.model.tree.firstLevel(), openingRows))
      if (expanded !== view.expanded) set({ expanded })
    },

    sortBy: (sort, reversed = false) => set({ sort, reversed }),
    showTraffic: (traffic) => {
      set({ traffic })
      get().keepSortInView()
    },
    keepSortInView: () => {
      const { sort, traffic } = get()
      const { treeColumns: chosen } = owner.app.get(settingsState).settings
      if (!sortsOf(shownColumns({ chosen, traffic })).includes(sort)) set({ sort: 'name', reversed: false })
    },
    searchFor: (search) => set({ search, collapsed: freshView.collapsed }),
    rememberScroll: (scrollTop) => set({ scrollTop }),
  }
})

export const selectTreeView = (view: TreeViewState): TreeView => view

const freshView: TreeView = {
  expanded: new Set(),
  collapsed: new Set(),
  touched: false,
  sort: 'name',
  reversed: false,
  traffic: false,
  search: '',
  scrollTop: 0,
}

type OpenBranches = Pick<TreeView, 'touched' | 'expanded' | 'collapsed'>

const withOpen = (topics: readonly string[], { expanded, collapsed }: TreeView): OpenBranches => ({
  touched: true,
  expanded: withAll(expanded, topics),
  collapsed: withoutAll(collapsed, topics),
})

/** With null the tree is only taken for touched. */
const withWayTo = (topic: string | null, view: TreeView): OpenBranches =>
  withOpen(topic === null ? [] : branchesAbove(topic), view)

const withAll = (set: ReadonlySet<string>, topics: readonly string[]): ReadonlySet<string> =>
  topics.every((topic) => set.has(topic)) ? set : new Set([...set, ...topics])

const withoutAll = (set: ReadonlySet<string>, topics: readonly string[]): ReadonlySet<string> => {
  if (!topics.some((topic) => set.has(topic))) return set
  const rest = new Set(set)
  for (const topic of topics) rest.delete(topic)
  return rest
}
