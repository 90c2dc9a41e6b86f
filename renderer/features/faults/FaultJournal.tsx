import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { faultsState, selectFaults } from '../../state/faults'
import { useApp } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { formatClock } from '../../ui/format'
import { VisibleText } from '../../ui/VisibleText'
import styles from './faults.module.css'

/** What the fault kit did, newest first. */
export function FaultJournal() {
  const t = useTranslations('faults')
  const titleId = useId()
  const { id } = useConnectionObject()
  const events = useApp(faultsState, (state) => selectFaults(id)(state)?.events)
  return (
    <section className={styles.group} aria-labelledby={titleId}>
      <h2 id={titleId}>{t('journal')}</h2>
      {events && events.length > 0 ? (
        // A list that can be scrolled by keyboard has to take the focus.
        <ol className={styles.journal} aria-labelledby={titleId} tabIndex={0}>
          {events.toReversed().map(({ number, time, what, about }) => (
            <li key={number} data-deed={what}>
              <time>{formatClock(time)}</time>
              <span className={styles.deed}>{t(`deeds.${what}`)}</span>
              <span className={styles.about}>
                <VisibleText text={about} mostPieces={8} />
              </span>
            </li>
          ))}
        </ol>
      ) : (
        <p className={styles.nothing}>{t('nothingDone')}</p>
      )}
    </section>
  )
}
