import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useFocusRequest } from '../../../state/focus'
import { useLandmarkName } from '../../../state/useLandmarkName'
import { ConnackSection } from '../details/ConnackSection'
import { useConnectionDetails } from '../details/useConnectionDetails'
import styles from './broker.module.css'
import { StatisticsSection } from './StatisticsSection'
import { TrialSection } from './TrialSection'

/** What is known of the broker: its own word and the defaults, what was found by trying, and what it publishes of itself. */
export function BrokerPane() {
  const t = useTranslations('broker')
  const ofDetails = useTranslations('connections.details')
  const landmark = useLandmarkName(t('region'))
  const details = useConnectionDetails()
  const pane = useRef<HTMLElement>(null)
  useFocusRequest('broker', () => pane.current?.focus())
  return (
    <section ref={pane} aria-label={landmark} className={styles.pane} tabIndex={-1}>
      <section aria-label={ofDetails('brokerSays')} className={styles.part}>
        <h2>{ofDetails('brokerSays')}</h2>
        {details?.connack ? <ConnackSection facts={details.connack} /> : <p>{ofDetails('none')}</p>}
      </section>
      <section aria-label={t('trials.title')} className={styles.part}>
        <h2>{t('trials.title')}</h2>
        <TrialSection />
      </section>
      <section aria-label={t('statistics.title')} className={styles.part}>
        <h2>{t('statistics.title')}</h2>
        <StatisticsSection />
      </section>
    </section>
  )
}
