import { Pin } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { comparisonState } from '../../../state/comparison'
import { useConnection } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { formatClock } from '../../../ui/format'
import { VisibleName } from '../../../ui/VisibleText'
import styles from './difference.module.css'

interface ComparisonBarProps {
  readonly message: MessageView
  /** What it is compared with; null = there is nothing. */
  readonly other: MessageView | null
}

/** What the message is compared with, and what else it can be compared with. */
export function ComparisonBar({ message, other }: ComparisonBarProps) {
  const t = useTranslations('inspector')
  const chosen = useConnection(comparisonState, (state) => state.comparedWith)
  const compareWith = useConnection(comparisonState, (state) => state.compareWith)
  return (
    <div className={styles.bar}>
      {other ? (
        <p className={styles.compared}>
          {t('comparedWith', {
            sequence: other.sequence,
            time: formatClock(other.time),
            direction: t(other.outgoing ? 'sent' : 'received'),
          })}
          {other.topic === message.topic ? null : (
            <span className="mono">
              {' '}
              <VisibleName text={other.topic} />
            </span>
          )}
        </p>
      ) : null}
      <span className={styles.verbs}>
        {chosen ? (
          <Button variant="quiet" onClick={() => compareWith(null)}>
            {t('compareWithPrevious')}
          </Button>
        ) : null}
        {chosen?.sequence === message.sequence ? null : (
          <Button variant="quiet" icon={<Pin size={14} />} title={t('pinHint')} onClick={() => compareWith(message)}>
            {t('pin')}
          </Button>
        )}
      </span>
    </div>
  )
}
