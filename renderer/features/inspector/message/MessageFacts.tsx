import { useTranslations } from 'use-intl'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { formatBytes, formatClock, formatCount, formatIso } from '../../../ui/format'
import { DeliveryFact, HandshakeFact } from '../delivery/DeliveryFacts'
import { QosFact, RepeatFact, SourceFacts, useDeliveryTruth } from '../delivery/MessageSourceFacts'
import { useDeliveryRecord } from '../delivery/useDeliveryRecord'
import { Fact } from '../Fact'
import styles from '../inspector.module.css'
import { MessageProperties } from './MessageProperties'

/** Everything about a message but its payload. */
export function MessageFacts({ message }: { readonly message: MessageView }) {
  const t = useTranslations('inspector')
  const { source, qosStory, repeatStory } = useDeliveryTruth(message)
  const record = useDeliveryRecord(message)
  const packetId = record?.packetId ?? message.packetId
  const timesSent = record?.timesSent ?? 0
  const yesNo = (is: boolean) => t(is ? 'yes' : 'no')
  return (
    <div className={styles.factsScroller} role="group" aria-label={t('factsLabel')} tabIndex={0}>
      <dl className={styles.facts}>
        <Fact name={t('facts.direction')}>{t(message.outgoing ? 'sent' : 'received')}</Fact>
        <Fact name={t('facts.retain')}>{yesNo(message.retain)}</Fact>
        {message.dup || timesSent > 1 ? null : <Fact name={t('facts.dup')}>{yesNo(false)}</Fact>}
        <Fact name={t('facts.packetId')}>{packetId === 0 ? '–' : packetId}</Fact>
        <Fact name={t('facts.sequence')}>{message.sequence}</Fact>
        <Fact name={t('facts.size')}>
          {formatBytes(message.payloadBytes)}
          {message.payloadBytes < 1024 ? null : ` (${formatCount(message.payloadBytes)} B)`}
        </Fact>
        <Fact name={t(message.outgoing ? 'facts.sentAt' : 'facts.receivedAt')} wide>
          {formatClock(message.time)} <span className={styles.iso}>{formatIso(message.time)}</span>
        </Fact>
        <QosFact delivered={message.qos} story={qosStory} />
        {message.dup ? (
          <Fact name={t('facts.dup')} wide>
            {yesNo(true)} <span className={styles.faint}>{t('dupExplained')}</span>
          </Fact>
        ) : null}
        {timesSent > 1 ? (
          <Fact name={t('facts.dup')} wide>
            {yesNo(true)} <span className={styles.faint}>{t('handshake.sentTimes', { count: timesSent })}</span>
          </Fact>
        ) : null}
        {message.copy ? (
          <Fact name={t('facts.copy')} wide>
            {yesNo(true)} <span className={styles.faint}>{t('copyExplained')}</span>
          </Fact>
        ) : null}
        <RepeatFact story={repeatStory} />
        {message.delivery ? (
          <DeliveryFact message={message} delivery={message.delivery} record={record ?? null} />
        ) : null}
        {message.outgoing && message.qos > 0 && record !== undefined ? <HandshakeFact record={record} /> : null}
        {message.outgoing && message.subscriptionIds.length === 0 ? null : (
          <SourceFacts message={message} source={source} />
        )}
        <MessageProperties key={message.sequence} bytes={message.properties} />
      </dl>
    </div>
  )
}
