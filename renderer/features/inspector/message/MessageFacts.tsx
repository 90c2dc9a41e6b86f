import { memo } from 'react'
import { useTranslations } from 'use-intl'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { formatBytes, formatClock, formatCount, formatIso } from '../../../ui/format'
import { useDeliveryRecord } from '../delivery/useDeliveryRecord'
import { Fact } from '../Fact'
import styles from '../inspector.module.css'
import { directionTerm, retainTerm, sizeTerm } from '../terms/messageTerms'
import { DeliveryStory } from './DeliveryStory'
import { MessageProperties } from './MessageProperties'

/** Everything about a message but its payload. */
export const MessageFacts = memo(function MessageFacts({ message }: { readonly message: MessageView }) {
  const t = useTranslations('inspector')
  const record = useDeliveryRecord(message)
  const packetId = record?.packetId ?? message.packetId
  const yesNo = (is: boolean) => t(is ? 'yes' : 'no')
  return (
    <div className={styles.factsScroller} role="group" aria-label={t('factsLabel')} tabIndex={0}>
      <dl className={styles.facts}>
        <Fact name={t('facts.direction')} term={directionTerm(message)}>
          {t(message.outgoing ? 'sent' : 'received')}
        </Fact>
        <Fact name={t('facts.retain')} term={retainTerm(message)}>
          {yesNo(message.retain)}
        </Fact>
        {message.dup || (record?.timesSent ?? 0) > 1 ? null : <Fact name={t('facts.dup')}>{yesNo(false)}</Fact>}
        <Fact name={t('facts.packetId')}>{packetId === 0 ? '–' : packetId}</Fact>
        <Fact name={t('facts.sequence')}>{message.sequence}</Fact>
        <Fact name={t('facts.size')} term={sizeTerm(message)}>
          {formatBytes(message.payloadBytes)}
          {message.payloadBytes < 1024 ? null : ` (${formatCount(message.payloadBytes)} B)`}
        </Fact>
        <Fact name={t(message.outgoing ? 'facts.sentAt' : 'facts.receivedAt')} wide>
          {formatClock(message.time)} <span className={styles.iso}>{formatIso(message.time)}</span>
        </Fact>
        <DeliveryStory message={message} />
        <MessageProperties key={message.sequence} bytes={message.properties} />
      </dl>
    </div>
  )
})
