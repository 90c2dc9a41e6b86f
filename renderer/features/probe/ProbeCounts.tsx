import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { probeState } from '../../state/probe'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { formatRate } from '../../ui/format'
import styles from './probe.module.css'
import { useProbeRate } from './useProbeRate'

interface ProbeCountsProps {
  readonly filter: string
}

/** Milliseconds without another letter after which the number is said aloud. */
const announceAfterMs = 700

/** How many topics of the tree match, their messages, and how fast these come. All that batches draw again. */
export function ProbeCounts({ filter }: ProbeCountsProps) {
  const t = useTranslations('probe')
  const answer = useConnection(probeState, (state) => state.answer)
  const { topics, messages, pending } = answer ?? { topics: 0, messages: 0, pending: true }
  return (
    <>
      <div
        className={styles.counts}
        role="group"
        aria-label={t('counts')}
        aria-busy={pending}
        data-topics={topics}
        data-messages={messages}
      >
        <span>{t('topics', { count: topics })}</span>
        <span>{t('messages', { count: messages })}</span>
        <span className={styles.rate} title={t('rateTitle')}>
          {pending ? t('soFar') : <Rate key={filter} />}
        </span>
      </div>
      <Announcement filter={filter} />
    </>
  )
}

/**
 * Says the number of topics once for each filter: a screen reader must not read every batch. Empty in between, so that
 * the same number is said again for another filter.
 */
function Announcement({ filter }: ProbeCountsProps) {
  const t = useTranslations('probe')
  const connection = useConnectionObject()
  const [said, setSaid] = useState({ filter, text: '' })
  useEffect(() => {
    const say = () => {
      const { answer } = connection.get(probeState)
      if (answer?.pending) timer = setTimeout(say, announceAfterMs)
      else setSaid({ filter, text: answer ? t('announcement', { topics: answer.topics }) : '' })
    }
    let timer = setTimeout(say, announceAfterMs)
    return () => clearTimeout(timer)
  }, [connection, filter, t])
  return (
    <p role="status" className="visually-hidden">
      {said.filter === filter ? said.text : ''}
    </p>
  )
}

function Rate() {
  const t = useTranslations('probe')
  const rate = useProbeRate()
  return rate === null ? '' : t('rate', { rate: formatRate(rate) })
}
