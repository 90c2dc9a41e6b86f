import type { TopicSort } from '../../model/topicIndex/topicIndexNode'
import type { SliceCreator } from '../../store/sliceCreator'
import { without } from '../../model/without'
import { branchesAbove, firstBranches } from './branches'
import { createRowMarksSlice, type RowMarksSlice } from './rowMarks'

/** How the tree of one connection is looked at. */
export interface TreeView {
  readonly expanded: ReadonlySet<string>
  /** While searching: closed on the way to something found. */
  readonly collapsed: ReadonlySet<string>
  /** The user has opened, closed or selected something: nothing opens by itself any more. */
  readonly touched: boolean
  readonly sort: TopicSort
  readonly reversed: boolean
  /** Columns of traffic stand where last values do otherwise. */
  readonly traffic: boolean
  readonly search: string
  readonly scrollTop: number
}

export const freshView: TreeView = {
  expanded: new Set(),
  collapsed: new Set(),
  touched: false,
  sort: 'name',
  reversed: false,
  traffic: false,
  search: '',
  scrollTop: 0,
}

export interface TopicTreeSlice extends RowMarksSlice {
  readonly treeViews: Readonly<Record<string, TreeView>>
  /** Opens the branches above a topic; with null the tree is only taken for touched. */
  openWayTo(connectionId: string, topic: string | null): void
  openBranches(connectionId: string, topics: readonly string[]): void
  closeBranches(connectionId: string, topics: readonly string[]): void
  /** Opens the first levels of a small tree nobody has touched yet. */
  openFirstBranches(connectionId: string): void
  sortTree(connectionId: string, sort: TopicSort, reversed?: boolean): void
  showTraffic(connectionId: string, traffic: boolean): void
  searchTree(connectionId: string, search: string): void
  rememberTreeScroll(connectionId: string, scrollTop: number): void
  /** How the tree of a connection that is gone was looked at. */
  forgetTreeView(connectionId: string): void
  copyTreeTopic(topic: string): Promise<void>
}

/** What a tree without columns is sorted by. */
export const plainSorts: readonly TopicSort[] = ['name', 'activity', 'count']

/** Rows up to which an untouched tree opens by itself. */
export const openingRows = 40

const withAll = (set: ReadonlySet<string>, topics: readonly string[]): ReadonlySet<string> =>
  topics.every((topic) => set.has(topic)) ? set : new Set([...set, ...topics])

const withoutAll = (set: ReadonlySet<string>, topics: readonly string[]): ReadonlySet<string> => {
  if (!topics.some((topic) => set.has(topic))) return set
  const rest = new Set(set)
  for (const topic of topics) rest.delete(topic)
  return rest
}

type Tools = Parameters<SliceCreator<TopicTreeSlice>>

const createBranchVerbs = (...[set, get, { models }]: Tools) => {
  const change = (connectionId: string, make: (view: TreeView) => Partial<TreeView>) =>
    set(({ treeViews }) => {
      const view = treeViews[connectionId] ?? freshView
      return { treeViews: { ...treeViews, [connectionId]: { ...view, ...make(view) } } }
    })
  return {
    change,
    openBranches: (connectionId: string, topics: readonly string[]) =>
      change(connectionId, ({ expanded, collapsed }) => ({
        touched: true,
        expanded: withAll(expanded, topics),
        collapsed: withoutAll(collapsed, topics),
      })),
    closeBranches: (connectionId: string, topics: readonly string[]) =>
      change(connectionId, ({ expanded, collapsed, search }) => ({
        touched: true,
        expanded: withoutAll(expanded, topics),
        collapsed: search === '' ? collapsed : withAll(collapsed, topics),
      })),
    openFirstBranches: (connectionId: string) => {
      const view = get().treeViews[connectionId] ?? freshView
      if (view.touched || view.search !== '') return
      const expanded = withAll(view.expanded, firstBranches(models.of(connectionId).tree.firstLevel(), openingRows))
      if (expanded !== view.expanded) change(connectionId, () => ({ expanded }))
    },
  }
}

export const createTopicTreeSlice: SliceCreator<TopicTreeSlice> = (...tools) => {
  const [set, get, { api }] = tools
  const { change, ...branchVerbs } = createBranchVerbs(...tools)
  return {
    treeViews: {},
    ...branchVerbs,
    ...createRowMarksSlice(...tools),

    openWayTo: (connectionId, topic) => {
      const above = topic === null ? [] : branchesAbove(topic)
      change(connectionId, ({ expanded, collapsed }) => ({
        touched: true,
        expanded: withAll(expanded, above),
        collapsed: withoutAll(collapsed, above),
      }))
    },
    sortTree: (connectionId, sort, reversed = false) => change(connectionId, () => ({ sort, reversed })),
    showTraffic: (connectionId, traffic) =>
      change(connectionId, ({ sort, reversed }) =>
        // An order by a column that nobody sees any more would look like none.
        traffic || plainSorts.includes(sort) ? { traffic, sort, reversed } : { traffic, sort: 'name', reversed: false },
      ),
    searchTree: (connectionId, search) => change(connectionId, () => ({ search, collapsed: freshView.collapsed })),
    rememberTreeScroll: (connectionId, scrollTop) => change(connectionId, () => ({ scrollTop })),
    forgetTreeView: (connectionId) =>
      set(({ treeViews, markedTopics }) => ({
        markedTopics: without(markedTopics, connectionId),
        treeViews: without(treeViews, connectionId),
      })),
    copyTreeTopic: async (topic) => {
      const result = await api.invoke('clipboard.write', { text: topic })
      if (!result.ok) get().receiveNotice(result.error)
    },
  }
}
