import { Archive, ChevronsDownUp, ChevronsUpDown, Copy, Eraser, ListFilter, Send } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { topicFilterProblem, topicNameProblem } from '#shared/mqtt/topicFilter'
import type { TopicNode } from '../../model/topicIndex/topicIndexNode'
import { useApp, useAppStore } from '../../store/useApp'
import type { MenuEntry } from '../../ui/menus'
import { branchesBelow } from './branches'
import { useFilterMenus } from './useFilterMenus'

/** What can be done with a topic of the tree. */
export const useTopicMenu = (connectionId: string): ((node: TopicNode) => readonly MenuEntry[]) => {
  const t = useTranslations('topicTree')
  const store = useAppStore()
  const copyTreeTopic = useApp((state) => state.copyTreeTopic)
  const filterMenusOf = useFilterMenus(connectionId)
  return (node) => {
    const { topic } = node
    const state = store.getState()
    const below = `${topic}/#`
    const leaf = node.children.length === 0
    const unpublishable = topicNameProblem(topic) !== null
    return [
      {
        label: t('menu.compose'),
        icon: <Send size={14} />,
        disabled: unpublishable,
        onSelect: () => state.composeFor(topic),
      },
      { label: t('menu.copy'), icon: <Copy size={14} />, onSelect: () => void copyTreeTopic(topic) },
      'separator',
      ...filterMenusOf(node),
      {
        label: t('menu.showInLog'),
        icon: <ListFilter size={14} />,
        onSelect: () => state.scopeLog(connectionId, topic),
      },
      'separator',
      {
        label: t('menu.expand'),
        icon: <ChevronsUpDown size={14} />,
        shortcut: 'Shift+→',
        disabled: leaf,
        onSelect: () => state.openBranches(connectionId, branchesBelow([node])),
      },
      {
        label: t('menu.collapse'),
        icon: <ChevronsDownUp size={14} />,
        shortcut: 'Shift+←',
        disabled: leaf,
        onSelect: () => state.closeBranches(connectionId, branchesBelow([node])),
      },
      'separator',
      {
        label: t('menu.retained'),
        icon: <Archive size={14} />,
        disabled: topicFilterProblem(below) !== null,
        onSelect: () => state.showRetained(connectionId, below),
      },
      {
        label: t('menu.clearRetained'),
        icon: <Eraser size={14} />,
        danger: true,
        disabled: unpublishable,
        onSelect: () => state.clearRetained(connectionId, topic),
      },
    ]
  }
}
