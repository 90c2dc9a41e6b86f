import { AppWindow } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useApp } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import type { ViewId } from '../workspaceViews'
import styles from './viewWindows.module.css'
import { viewWindowsState, windowOf } from './viewWindowsState'

/** Stands in the place of the last view of the centre while that is in a window of its own. */
export function AwayNote({ view }: { readonly view: ViewId }) {
  const t = useTranslations('layout')
  const connection = useConnectionObject()
  const { all, open, close } = useApp(viewWindowsState, (state) => state)
  const away = windowOf(all, connection, view)
  return (
    <EmptyState
      icon={<AppWindow size={32} strokeWidth={1.4} />}
      title={t('away')}
      action={
        <div className={styles.awayActions}>
          <Button onClick={() => open(connection, view)}>{t('showWindow')}</Button>
          <Button onClick={() => away && close(away)}>{t('putBack')}</Button>
        </div>
      }
    />
  )
}
