import { useTranslations } from 'use-intl'
import { useApp } from '../../store/useApp'
import { formatCount } from '../../ui/format'
import styles from './log.module.css'
import { selectCounters } from './logSelectors'

const always = ['received', 'sent', 'kept', 'evicted', 'dropped'] as const
/** Copies are there only where filters overlap and the broker sends one message for each. */
const sometimes = ['copies', 'redelivered'] as const

/** The exact numbers of the connection in view. */
export function LogCounters({ connectionId }: { readonly connectionId: string }) {
  const t = useTranslations('log')
  const counters = useApp(selectCounters(connectionId))
  const shown = [...always, ...sometimes.filter((name) => counters[name] > 0)]
  return (
    <dl className={styles.counters}>
      {shown.map((name) => (
        <div key={name} className={styles.counter} title={t(`counterHints.${name}`)}>
          <dt>{t(`counters.${name}`)}</dt>
          <dd
            data-counter={name}
            data-value={counters[name]}
            data-alarming={(name === 'dropped' || name === 'evicted') && counters[name] > 0}
          >
            {formatCount(counters[name])}
          </dd>
        </div>
      ))}
    </dl>
  )
}
