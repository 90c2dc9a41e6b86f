import { ArrowDownAZ, ArrowDownWideNarrow, Check, Clock, Columns3 } from 'lucide-react'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import { ActionButton } from '../../actions/ActionButton'
import type { TopicSort } from '../../model/topicIndex/topicIndexNode'
import { useFieldFocus } from '../../state/focus'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { MenuButton } from '../../ui/menus'
import { SearchField } from '../../ui/SearchField'
import styles from './topicTree.module.css'
import { sortsOf } from './columns/treeColumns'
import { useColumnsMenu } from './columns/useColumnsMenu'
import { useShownColumns } from './columns/useShownColumns'
import { treeViewState } from './treeViewState'

const sortIcons: Partial<Readonly<Record<TopicSort, typeof Clock>>> = { name: ArrowDownAZ, activity: Clock }

/** Not drawn again with every batch. */
export const TreeHeader = memo(function TreeHeader() {
  const connection = useConnectionObject()
  const t = useTranslations('topicTree')
  const shown = useShownColumns()
  const columnsMenu = useColumnsMenu()
  return (
    <div className={styles.header}>
      <TopicSearch />
      <ActionButton id="topics.traffic" on="connection" subject={connection} />
      <MenuButton label={t('chooseColumns')} icon={<Columns3 size={14} />} items={columnsMenu} />
      <SortMenu sorts={sortsOf(shown)} />
      <ActionButton id="topics.expand" on="connection" subject={connection} />
      <ActionButton id="topics.collapse" on="connection" subject={connection} />
    </div>
  )
})

function TopicSearch() {
  const t = useTranslations('topicTree')
  const search = useConnection(treeViewState, (state) => state.search)
  const searchFor = useConnection(treeViewState, (state) => state.searchFor)
  const field = useFieldFocus('topics')
  const texts = { label: t('search'), placeholder: t('searchPlaceholder') }
  return (
    <div className={styles.search}>
      <SearchField {...texts} inputRef={field} value={search} onChange={searchFor} />
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
