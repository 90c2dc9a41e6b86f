import { Activity, ArrowDownAZ, ArrowDownWideNarrow, Check, ChevronsDownUp, ChevronsUpDown, Clock } from 'lucide-react'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import type { TopicIndex } from '../../model/topicIndex/topicIndex'
import { topicSorts, type TopicSort } from '../../model/topicIndex/topicIndexNode'
import { useApp } from '../../store/useApp'
import { TextField } from '../../ui/fields'
import { IconButton } from '../../ui/IconButton'
import { keyOf } from '../../ui/keyOf'
import { MenuButton } from '../../ui/menus'
import { branchesBelow } from './branches'
import styles from './topicTree.module.css'
import { plainSorts, type TreeView } from './topicTreeSlice'

const sortIcons: Partial<Readonly<Record<TopicSort, typeof Clock>>> = { name: ArrowDownAZ, activity: Clock }

interface TreeHeaderProps {
  readonly connectionId: string
  readonly tree: TopicIndex
  readonly view: TreeView
}

/** Not drawn again with every batch. */
export const TreeHeader = memo(function TreeHeader({ connectionId, tree, view }: TreeHeaderProps) {
  const t = useTranslations('topicTree')
  const searchTree = useApp((state) => state.searchTree)
  const showTraffic = useApp((state) => state.showTraffic)
  const sortTree = useApp((state) => state.sortTree)
  const openBranches = useApp((state) => state.openBranches)
  const closeBranches = useApp((state) => state.closeBranches)
  const SortIcon = sortIcons[view.sort] ?? ArrowDownWideNarrow
  const sorts = view.traffic ? topicSorts : plainSorts
  return (
    <div className={styles.header}>
      <div className={styles.search}>
        <TextField
          type="search"
          label={t('search')}
          hideLabel
          placeholder={t('searchPlaceholder')}
          value={view.search}
          onChange={(text) => searchTree(connectionId, text)}
          onKeyDown={(event) => {
            if (keyOf(event) === 'Escape') searchTree(connectionId, '')
          }}
        />
      </div>
      <IconButton
        label={t('traffic.show')}
        icon={<Activity size={14} />}
        pressed={view.traffic}
        onClick={() => showTraffic(connectionId, !view.traffic)}
      />
      <MenuButton
        label={t('sort')}
        icon={<SortIcon size={14} />}
        items={sorts.map((sort) => ({
          label: t(`sortBy.${sort}`),
          icon: sort === view.sort ? <Check size={14} /> : null,
          onSelect: () => sortTree(connectionId, sort),
        }))}
      />
      <IconButton
        label={t('expandAll')}
        icon={<ChevronsUpDown size={14} />}
        onClick={() => openBranches(connectionId, branchesBelow(tree.firstLevel()))}
      />
      <IconButton
        label={t('collapseAll')}
        icon={<ChevronsDownUp size={14} />}
        onClick={() => closeBranches(connectionId, branchesBelow(tree.firstLevel()))}
      />
    </div>
  )
})
