import { useTranslations } from 'use-intl'
import { useConnection } from '../../../state/useConnection'
import { TextField } from '../../../ui/fields'
import { keyOf } from '../../../ui/keyOf'
import styles from '../subscriptions.module.css'
import { subscriptionListState } from './subscriptionListState'

export function SearchField() {
  const t = useTranslations('subscriptions')
  const search = useConnection(subscriptionListState, (state) => state.search)
  const searchFor = useConnection(subscriptionListState, (state) => state.searchFor)
  return (
    <div className={styles.search} role="search">
      <TextField
        type="search"
        label={t('search')}
        hideLabel
        placeholder={t('search')}
        value={search}
        onChange={searchFor}
        onKeyDown={(event) => keyOf(event) === 'Escape' && searchFor('')}
      />
    </div>
  )
}
