import { Activity, ArrowDownAZ, ArrowDownWideNarrow, Check, ChevronsDownUp, ChevronsUpDown, Clock } from 'lucide-react'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import { topicSorts, type TopicSort } from '../../model/topicIndex/topicIndexNode'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { TextField } from '../../ui/fields'
import { IconButton } from '../../ui/IconButton'
import { keyOf } from '../../ui/keyOf'
import { MenuButton } from '../../ui/menus'
import { branchesBelow } from './branches'
import styles from './topicTree.module.css'
import { plainSorts, treeViewState } from './treeViewState'

const sortIcons: Partial<Readonly<Record<TopicSort, typeof Clock>>> = { name: ArrowDownAZ, activity: Clock }

/** Not drawn again with every batch. */
export const TreeHeader = memo(function TreeHeader() {
  const t = useTranslations('topicTree')
  const connection = useConnectionObject()
  const traffic = useConnection(treeViewState, (state) => state.traffic)
  const view = () => connection.get(treeViewState)
  const allBranches = () => branchesBelow(connection.model.tree.firstLevel())
  return (
    <div className={styles.header}>
      <SearchField />
      <IconButton
        label={t('traffic.show')}
        icon={<Activity size={14} />}
        pressed={traffic}
        onClick={() => view().showTraffic(!traffic)}
      />
      <SortMenu sorts={traffic ? topicSorts : plainSorts} />
      <IconButton
        label={t('expandAll')}
        icon={<ChevronsUpDown size={14} />}
        onClick={() => view().openBranches(allBranches())}
      />
      <IconButton
        label={t('collapseAll')}
        icon={<ChevronsDownUp size={14} />}
        onClick={() => view().closeBranches(allBranches())}
      />
    </div>
  )
})

function SearchField() {
  const t = useTranslations('topicTree')
  const search = useConnection(treeViewState, (state) => state.search)
  const searchFor = useConnection(treeViewState, (state) => state.searchFor)
  return (
    <div className={styles.search}>
      <TextField
        type="search"
        label={t('search')}
        hideLabel
        placeholder={t('searchPlaceholder')}
        value={search}
        onChange={searchFor}
        onKeyDown={(event) => {
          if (keyOf(event) === 'Escape') searchFor('')
        }}
      />
    </div>
  )
}

function SortMenu({ sorts }: { readonly sorts: readonly TopicSort[] }) {
  const t = useTranslations('topicTree')
  const chosen = useConnection(treeViewState, (state) => state.sort)
  const sortBy = useConnection(treeViewState, (state) => state.sortBy)
  const SortIcon = sortIcons[chosen] ?? ArrowDownWideNarrow
  return (
    <MenuButton
      label={t('sort')}
      icon={<SortIcon size={14} />}
      items={sorts.map((sort) => ({
        label: t(`sortBy.${sort}`),
        icon: sort === chosen ? <Check size={14} /> : null,
        onSelect: () => sortBy(sort),
      }))}
    />
  )
}
