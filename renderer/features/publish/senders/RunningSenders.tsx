import { useTranslations } from 'use-intl'
import { focusState } from '../../../state/focus'
import { sendersState, type SendersState } from '../../../state/senders'
import { useApp } from '../../../state/useApp'
import { formatCount } from '../../../ui/format'
import styles from './senders.module.css'

const selectRunning = ({ all }: SendersState): number => all.filter(({ end }) => end === null).length

/** Says how many senders run on all connections, also while their view is closed, and brings it forward. */
export function RunningSenders() {
  const t = useTranslations('senders')
  const running = useApp(sendersState, selectRunning)
  const focus = useApp(focusState, (state) => state.focus)
  if (running === 0) return null
  return (
    <button
      type="button"
      data-running-senders={running}
      className={styles.running}
      title={t('runningHint')}
      onClick={() => focus('senders')}
    >
      {t('running', { count: running, number: formatCount(running) })}
    </button>
  )
}
