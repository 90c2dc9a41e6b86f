import { Activity, Search, SquareMinus, SquarePlus } from 'lucide-react'
import type { AnyAction } from '../../actions/action'
import type { Connection } from '../../state/app'
import { connectionInView } from '../../state/connections'
import { focusState } from '../../state/focus'
import { branchesBelow } from './branches'
import { treeViewState } from './treeViewState'

const allBranches = ({ model }: Connection) => branchesBelow(model.tree.firstLevel())

export const treeActions: readonly AnyAction[] = [
  {
    id: 'topics.find',
    on: 'window',
    label: { key: 'actions.topicsFind' },
    icon: Search,
    isEnabled: (app) => connectionInView(app) !== null,
    run: (app) => app.get(focusState).focus('topics'),
  },
  {
    id: 'topics.traffic',
    on: 'connection',
    label: (connection) => ({
      key: connection.get(treeViewState).traffic ? 'actions.trafficHide' : 'actions.trafficShow',
    }),
    buttonLabel: { key: 'topicTree.traffic.show' },
    icon: Activity,
    isOn: (connection) => connection.get(treeViewState).traffic,
    run: (connection) => {
      const { traffic, showTraffic } = connection.get(treeViewState)
      showTraffic(!traffic)
    },
  },
  {
    id: 'topics.expand',
    on: 'connection',
    label: { key: 'actions.topicsExpand' },
    buttonLabel: { key: 'topicTree.expandAll' },
    icon: SquarePlus,
    run: (connection) => connection.get(treeViewState).openBranches(allBranches(connection)),
  },
  {
    id: 'topics.collapse',
    on: 'connection',
    label: { key: 'actions.topicsCollapse' },
    buttonLabel: { key: 'topicTree.collapseAll' },
    icon: SquareMinus,
    run: (connection) => connection.get(treeViewState).closeBranches(allBranches(connection)),
  },
]
