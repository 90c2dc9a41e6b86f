import { Archive, ChevronsDownUp, ChevronsUpDown, Copy, Eraser, ListFilter, Send } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { topicFilterProblem, topicNameProblem } from '#shared/mqtt/topicFilter'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import { useCopyText } from '../../../state/clipboard'
import { composeFor } from '../../../state/composerRequest'
import { dialogsState } from '../../../state/dialogs'
import { logViewState } from '../../../state/logView'
import { useConnectionObject } from '../../../state/useConnection'
import type { MenuEntry } from '../../../ui/menus'
import { branchesBelow } from '../branches'
import { treeViewState } from '../treeViewState'
import { useFilterMenus } from './useFilterMenus'

/** What can be done with a topic of the tree. */
export const useTopicMenu = (): ((node: TopicNode) => readonly MenuEntry[]) => {
  const t = useTranslations('topicTree')
  const connection = useConnectionObject()
  const copyText = useCopyText()
  const filterMenusOf = useFilterMenus()
  return (node) => {
    const { topic } = node
    const { openBranches, closeBranches } = connection.get(treeViewState)
    const dialogs = connection.app.get(dialogsState)
    const below = `${topic}/#`
    const leaf = node.children.length === 0
    const unpublishable = topicNameProblem(topic) !== null
    return [
      {
        label: t('menu.compose'),
        icon: <Send size={14} />,
        disabled: unpublishable,
        onSelect: () => composeFor(connection, topic),
      },
      { label: t('menu.copy'), icon: <Copy size={14} />, onSelect: () => void copyText(topic) },
      'separator',
      ...filterMenusOf(node),
      {
        label: t('menu.showInLog'),
        icon: <ListFilter size={14} />,
        onSelect: () => connection.get(logViewState).limitTo(topic),
      },
      'separator',
      {
        label: t('menu.expand'),
        icon: <ChevronsUpDown size={14} />,
        shortcut: 'Shift+→',
        disabled: leaf,
        onSelect: () => openBranches(branchesBelow([node])),
      },
      {
        label: t('menu.collapse'),
        icon: <ChevronsDownUp size={14} />,
        shortcut: 'Shift+←',
        disabled: leaf,
        onSelect: () => closeBranches(branchesBelow([node])),
      },
      'separator',
      {
        label: t('menu.retained'),
        icon: <Archive size={14} />,
        disabled: topicFilterProblem(below) !== null,
        onSelect: () => dialogs.show(connection, { kind: 'retained', filter: below }),
      },
      {
        label: t('menu.clearRetained'),
        icon: <Eraser size={14} />,
        danger: true,
        disabled: unpublishable,
        onSelect: () => dialogs.show(connection, { kind: 'clearRetained', topic }),
      },
    ]
  }
}
