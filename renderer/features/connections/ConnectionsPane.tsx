import { Plus, Search } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useApp } from '../../store/useApp'
import { EmptyState } from '../../ui/EmptyState'
import { IconButton } from '../../ui/IconButton'
import { TextField } from '../../ui/fields'
import { keyOf } from '../../ui/keyOf'
import { ConnectionList } from './ConnectionList'
import { connectionRows, rowKeyOf } from './connectionRows'
import styles from './connections.module.css'
import { ProfileForm } from './form/ProfileForm'
import { LocalBrokerBox } from './LocalBrokerBox'
import { PassphraseDialog } from './PassphraseDialog'
import { PasswordDialog } from './PasswordDialog'

/** All saved connections, and the dialogs that belong to them. */
export function ConnectionsPane() {
  const t = useTranslations('connections')
  const profiles = useApp((state) => state.profiles)
  const collapsed = useApp((state) => state.collapsedFolders)
  const openProfileForm = useApp((state) => state.openProfileForm)
  const [search, setSearch] = useState('')
  const deferredSearch = useDeferredValue(search)
  const rows = useMemo(
    () => connectionRows(profiles, { search: deferredSearch, collapsed }),
    [profiles, deferredSearch, collapsed],
  )
  const activeId = useApp((state) => state.activeConnectionId)
  const [seenId, setSeenId] = useState(activeId)
  if (activeId !== seenId) {
    setSeenId(activeId)
    // A connection that was just made is shown, whatever was looked for before.
    const isFound = connectionRows(profiles, { search, collapsed }).some(({ key }) => key === rowKeyOf(activeId ?? ''))
    if (activeId !== null && search !== '' && !isFound) setSearch('')
  }
  const add = () => openProfileForm('new')
  return (
    <nav className={styles.pane} aria-label={t('title')}>
      <div className={styles.tools} role="search">
        <Search size={14} aria-hidden className={styles.searchIcon} />
        <div className={styles.search}>
          <TextField
            label={t('search')}
            hideLabel
            type="search"
            placeholder={t('search')}
            value={search}
            onChange={setSearch}
            onKeyDown={(event) => keyOf(event) === 'Escape' && setSearch('')}
          />
        </div>
        <IconButton label={t('new')} icon={<Plus size={14} />} onClick={add} />
      </div>
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
      <ProfileForm />
      <PasswordDialog />
      <PassphraseDialog />
    </nav>
  )
}
