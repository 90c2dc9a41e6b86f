import { Eye } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Watch } from '#shared/model/watch'
import { useFocusRequest } from '../../state/focus'
import { noticesState } from '../../state/notices'
import { useApp, useAppObject } from '../../state/useApp'
import { useLandmarkName } from '../../state/useLandmarkName'
import { useSteadyNow } from '../../state/useSteadyNow'
import { watchedState } from '../../state/watched'
import { EmptyState } from '../../ui/EmptyState'
import styles from './watch.module.css'
import { WatchDialog } from './WatchDialog'
import { WatchRow } from './WatchRow'

const columns = ['name', 'connection', 'value', 'trend', 'age', 'rules'] as const

/** The watched values of all connections, whichever is in view. */
export function WatchPane() {
  const t = useTranslations('watch')
  const landmark = useLandmarkName(t('region'))
  const watches = useApp(watchedState, (state) => state.watches)
  const [edited, setEdited] = useState<Watch | null>(null)
  const remove = useRemove()
  const pane = useRef<HTMLElement>(null)
  useFocusRequest('watch', () => pane.current?.focus())
  const now = useSteadyNow(watches.length > 0)
  return (
    <section ref={pane} aria-label={landmark} tabIndex={-1} className={styles.pane}>
      {watches.length === 0 ? (
        <EmptyState icon={<Eye size={28} strokeWidth={1.2} />} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <table className={styles.table} aria-label={t('table')}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" data-column={column}>
                  {t(column)}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {watches.map((watch) => (
              <WatchRow key={watch.id} watch={watch} now={now} onEdit={setEdited} onRemove={remove} />
            ))}
          </tbody>
        </table>
      )}
      {edited ? <WatchDialog key={edited.id} watch={edited} onClose={() => setEdited(null)} /> : null}
    </section>
  )
}

const useRemove = () => {
  const app = useAppObject()
  return ({ id }: Watch) => {
    const restore = app.get(watchedState).remove(id)
    app.get(noticesState).show({
      text: { key: 'watch.removed' },
      action: { label: { key: 'publish.undo' }, run: restore },
    })
  }
}
