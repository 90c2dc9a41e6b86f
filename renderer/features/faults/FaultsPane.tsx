import { useTranslations } from 'use-intl'
import { faultsState, selectFaults } from '../../state/faults'
import { useApp } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { useLandmarkName } from '../../state/useLandmarkName'
import { CheckField } from '../../ui/fields'
import { ConnectionFaults } from './ConnectionFaults'
import { FaultJournal } from './FaultJournal'
import { HandshakeFaults } from './HandshakeFaults'
import { RawBytes } from './RawBytes'
import { Scenarios } from './Scenarios'
import styles from './faults.module.css'

/** Faults on purpose on the connection in view. */
export function FaultsPane() {
  const t = useTranslations('faults')
  const landmark = useLandmarkName(t('region'))
  const { id } = useConnectionObject()
  const isArmed = useApp(faultsState, (state) => selectFaults(id)(state)?.isArmed === true)
  const arm = useApp(faultsState, (state) => state.arm)
  return (
    <section aria-label={landmark} className={styles.pane} data-armed={isArmed}>
      <div className={styles.head}>
        <CheckField label={t('armed')} checked={isArmed} onChange={(wanted) => arm(id, wanted)} />
        <p className={styles.headHint}>{isArmed ? t('armedHint') : t('emptyText')}</p>
      </div>
      <div className={styles.groups}>
        <ConnectionFaults />
        <HandshakeFaults />
        <RawBytes />
        <Scenarios />
        <FaultJournal />
      </div>
    </section>
  )
}
