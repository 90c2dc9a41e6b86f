import { Search } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { ActionButton } from '../../actions/ActionButton'
import { connectionsState } from '../../state/connections'
import { useFieldFocus } from '../../state/focus'
import { profilesState } from '../../state/profiles'
import { useApp, useAppObject } from '../../state/useApp'
import { EmptyState } from '../../ui/EmptyState'
import { SearchField } from '../../ui/SearchField'
import { LocalBrokerBox } from './localBroker/LocalBrokerBox'
import { ConnectionList } from './list/ConnectionList'
import { connectionRows, rowKeyOf } from './list/connectionRows'
import { foldersState } from './list/foldersState'
import { MarkedBar } from './list/MarkedBar'
import styles from './list/list.module.css'

/** All saved connections. */
export function ConnectionsPane() {
  const t = useTranslations('connections')
  const profiles = useApp(profilesState, (state) => state.entries)
  const closed = useApp(foldersState, (state) => state.closed)
  const app = useAppObject()
  const searchField = useFieldFocus('connections')
  const [search, setSearch] = useState('')
  const deferredSearch = useDeferredValue(search)
  const rows = useMemo(
    () => connectionRows(profiles, { search: deferredSearch, closed }),
    [profiles, deferredSearch, closed],
  )
  const activeId = useApp(connectionsState, (state) => state.inViewId)
  const [seenId, setSeenId] = useState(activeId)
  if (activeId !== seenId) {
    setSeenId(activeId)
    // A connection that was just made is shown, whatever was looked for before.
    const isFound = connectionRows(profiles, { search, closed }).some(({ key }) => key === rowKeyOf(activeId ?? ''))
    if (activeId !== null && search !== '' && !isFound) setSearch('')
  }
  return (
    <nav className={styles.pane} aria-label={t('title')}>
      <div className={styles.tools} role="search">
        <Search size={14} aria-hidden className={styles.searchIcon} />
        <div className={styles.search}>
          <SearchField
            label={t('search')}
            placeholder={t('searchExample')}
            inputRef={searchField}
            value={search}
            onChange={setSearch}
          />
        </div>
        <ActionButton id="newConnection" on="window" subject={app} />
      </div>
      <MarkedBar />
      <div className={styles.scroller}>
        {rows.length > 0 ? (
          <ConnectionList rows={rows} />
        ) : profiles.length > 0 ? (
          <EmptyState title={t('noneFound')}>{t('noneFoundHint')}</EmptyState>
        ) : (
          <EmptyState title={t('none')}>{t('noneHint')}</EmptyState>
        )}
      </div>
      <LocalBrokerBox />
    </nav>
  )
}
