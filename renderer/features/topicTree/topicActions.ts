import { ArrowUpToLine, Copy, ListFilter, Rss, SearchCheck, SquareMinus, SquarePlus } from 'lucide-react'
import type { Action, ActionChoices, Subjects } from '../../actions/action'
import { payloadCopyText } from '../../model/messageLog/messageLogCompose'
import { isHead } from '../../model/messageLog/payloadHead'
import { copyText } from '../../state/clipboard'
import { logViewState } from '../../state/logView'
import { probeState } from '../../state/probe'
import { draftFilter } from '../../state/subscribeField'
import { branchesBelow } from './branches'
import { rowFiltersOf, type RowFilter } from './menus/rowFilters'
import { canPin, isPinned, togglePinned } from './pinned/pinnedTopics'
import { treeViewState } from './treeViewState'

type Topic = Subjects['topic']

export const topicActions: readonly Action<'topic'>[] = [
  {
    id: 'topic.copy',
    on: 'topic',
    label: { key: 'topicTree.menu.copy' },
    icon: Copy,
    contextGroup: 0,
    run: ({ connection, node }) => void copyText(connection.app, node.topic),
  },
  {
    id: 'topic.copyValue',
    on: 'topic',
    label: { key: 'topicTree.menu.copyValue' },
    icon: Copy,
    contextGroup: 0,
    isEnabled: (topic) => latestOf(topic) !== null,
    run: (topic) => {
      const message = latestOf(topic)
      if (message) void copyText(topic.connection.app, payloadCopyText(message.payload))
    },
  },
  {
    id: 'topic.subscribe',
    on: 'topic',
    needsBroker: true,
    label: { key: 'topicTree.menu.subscribe' },
    icon: Rss,
    contextGroup: 1,
    choicesOf: (topic) => filterChoices(topic, (filter) => draftFilter(topic.connection, filter)),
  },
  {
    id: 'topic.probe',
    on: 'topic',
    label: { key: 'topicTree.menu.probe' },
    icon: SearchCheck,
    contextGroup: 1,
    choicesOf: (topic) => filterChoices(topic, (filter) => topic.connection.get(probeState).probe(filter)),
  },
  {
    id: 'topic.showInLog',
    on: 'topic',
    label: { key: 'topicTree.menu.showInLog' },
    icon: ListFilter,
    contextGroup: 1,
    run: ({ connection, node }) => connection.get(logViewState).limitTo(node.topic),
  },
  {
    id: 'topic.pin',
    on: 'topic',
    label: ({ connection, node }) => ({
      key: isPinned(connection, node.topic) ? 'topicTree.menu.unpin' : 'topicTree.menu.pin',
    }),
    icon: ArrowUpToLine,
    contextGroup: 1,
    isEnabled: ({ connection, node }) => isPinned(connection, node.topic) || canPin(connection),
    run: ({ connection, node }) => togglePinned(connection, node.topic),
  },
  {
    id: 'topic.expand',
    on: 'topic',
    label: { key: 'topicTree.menu.expand' },
    icon: SquarePlus,
    listKey: 'Shift+→',
    contextGroup: 2,
    isEnabled: ({ node }) => node.children.length > 0,
    run: ({ connection, node }) => connection.get(treeViewState).openBranches(branchesBelow([node])),
  },
  {
    id: 'topic.collapse',
    on: 'topic',
    label: { key: 'topicTree.menu.collapse' },
    icon: SquareMinus,
    listKey: 'Shift+←',
    contextGroup: 2,
    isEnabled: ({ node }) => node.children.length > 0,
    run: ({ connection, node }) => connection.get(treeViewState).closeBranches(branchesBelow([node])),
  },
]

/** The topic's latest message; null where not all of its payload is here. */
const latestOf = ({ connection, node }: Topic) => {
  const message = connection.model.log.latestOf(node.topic)
  return message && !isHead(message) ? message : null
}

/** Milliseconds that opening the menu may count topics. */
const countingMs = 40

/** The filters of a row, each with the number of topics it matches; counted when it is called. */
const filterChoices = ({ connection, node }: Topic, choose: (filter: string) => void): ActionChoices => {
  const { tree } = connection.model
  const { filters, cut } = rowFiltersOf(node)
  const deadline = performance.now() + countingMs
  const topicsOf = (filter: string) => tree.countMatching(filter, () => performance.now() > deadline)?.topics ?? null
  const choices = filters.map((offer) => ({
    label: { key: `topicTree.rowFilters.${offer.kind}`, values: { level: offer.level } } as const,
    code: offer.filter,
    detail: detailOf(offer, topicsOf(offer.filter)),
    isEnabled: offer.problem === null,
    run: () => choose(offer.filter),
  }))
  return { choices, ...(cut && { note: { key: 'topicTree.rowFilters.moreLevels' } }) }
}

const detailOf = ({ problem }: RowFilter, topics: number | null) => {
  if (problem !== null) return { key: `topicTree.rowProblems.${problem}` } as const
  return topics === null ? '…' : ({ key: 'topicTree.topicCount', values: { topics } } as const)
}
