import { ListTree } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { useConnection } from '../../state/useConnection'
import { packetSourceState } from '../../state/packetSource'
import { useLandmarkName } from '../../state/useLandmarkName'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { PacketDetails } from './PacketDetails'
import { PacketGrid } from './PacketGrid'
import styles from './packets.module.css'
import { packetsState } from './packetsState'
import { PacketToolbar } from './PacketToolbar'

/** Main is asked so often what came, while somebody looks. */
const refreshMs = 250

/** Every control packet of the connection with its bytes, and the steps of its network connections. */
export function PacketsPane() {
  const t = useTranslations('packets')
  const landmark = useLandmarkName(t('region'))
  const refresh = useConnection(packetsState, (state) => state.refresh)
  const isEmpty = useConnection(packetsState, ({ status }) => status !== null && status.last < status.first)
  const isOn = useConnection(packetsState, ({ status }) => status?.isOn !== false)
  const switchTo = useConnection(packetsState, (state) => state.switchTo)
  const opened = useConnection(packetsState, (state) => state.opened)
  useEffect(() => {
    void refresh()
    const timer = setInterval(() => void refresh(), refreshMs)
    return () => clearInterval(timer)
  }, [refresh])
  return (
    <section aria-label={landmark} className={styles.pane}>
      <PacketToolbar />
      <SourceNote />
      <div className={styles.body} data-opened={opened !== null}>
        <div className={styles.gridArea}>
          <PacketGrid />
          {isEmpty ? (
            <div className={styles.emptyOver}>
              <EmptyState
                icon={<ListTree size={28} strokeWidth={1.2} />}
                title={isOn ? t('emptyTitle') : t('offTitle')}
                action={isOn ? undefined : <Button onClick={() => void switchTo(true)}>{t('recordPackets')}</Button>}
              >
                {isOn ? t('emptyText') : t('offText')}
              </EmptyState>
            </div>
          ) : null}
        </div>
        {opened ? <PacketDetails key={opened.entry.number} opened={opened} /> : null}
      </div>
    </section>
  )
}

/** Says so where other packets than those of the session are shown. */
function SourceNote() {
  const t = useTranslations('packets')
  const { of, show } = useConnection(packetSourceState, (state) => state)
  if (of === 'session') return null
  return (
    <p role="status" className={styles.source}>
      {t('ofDiagnosis')}{' '}
      <Button variant="quiet" onClick={() => show('session')}>
        {t('ofSession')}
      </Button>
    </p>
  )
}
