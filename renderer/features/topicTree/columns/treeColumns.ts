import type { TopicSort } from '../../../model/topicIndex/topicIndexNode'

export const treeColumns = [
  'value',
  'spark',
  'count',
  'rate',
  'interval',
  'p95',
  'size',
  'largest',
  'mix',
  'schema',
  'last',
] as const
/** A column beside the names of the topics. */
export type TreeColumn = (typeof treeColumns)[number]

/** What a click on the label of a column sorts by; a column that is missing here sorts nothing. */
export const columnSorts: Readonly<Partial<Record<TreeColumn, TopicSort>>> = {
  count: 'count',
  rate: 'rate',
  interval: 'interval',
  p95: 'p95',
  size: 'size',
  largest: 'largest',
  last: 'activity',
}

/** What a tree can be sorted by whatever its columns are. */
const plainSorts: readonly TopicSort[] = ['name', 'activity', 'count']

interface Choice {
  /** Names of columns as they are remembered; another version may know others. */
  readonly chosen: readonly string[]
  /** All columns of traffic stand beside the chosen ones. */
  readonly traffic: boolean
}

/** The columns that stand in the tree, in their order. */
export const shownColumns = ({ chosen, traffic }: Choice): readonly TreeColumn[] =>
  treeColumns.filter((column) => chosen.includes(column) || (traffic && column !== 'value' && column !== 'schema'))

/** What the tree can be sorted by: rows in the order of a column that is hidden would look unordered. */
export const sortsOf = (shown: readonly TreeColumn[]): readonly TopicSort[] => {
  const sorts = shown.flatMap((column) => columnSorts[column] ?? [])
  return [...plainSorts, ...sorts.filter((sort) => !plainSorts.includes(sort))]
}

const summedColumns: readonly TreeColumn[] = ['rate', 'size', 'largest', 'mix']

/** Whether a branch tells in them what has to be summed up below it. */
export const haveSums = (shown: readonly TreeColumn[]): boolean =>
  summedColumns.some((column) => shown.includes(column))
