import { useTranslations } from 'use-intl'
import { reasonName } from '#shared/mqtt/reasonCode'
import type { Delivery, MessageView } from '../../model/messageLog/messageLogChunk'
import { formatBytes, formatClock, formatCount, formatIso } from '../../ui/format'
import { Fact } from './Fact'
import styles from './inspector.module.css'
import { MessageProperties } from './MessageProperties'
import { QosFact, RepeatFact, SourceFacts, useDeliveryTruth } from './MessageSourceFacts'

function DeliveryText({ delivery }: { readonly delivery: Delivery }) {
  const t = useTranslations('inspector')
  const { state, reasonCode, at } = delivery
  const code = `0x${reasonCode.toString(16).padStart(2, '0')}`
  return (
    <span data-delivery={state}>
      {t(`delivery.${state}`, { time: formatClock(at) })}
      {reasonCode === 0 ? null : ` · ${reasonName('puback', reasonCode)} (${code})`}
    </span>
  )
}

export interface MessageFactsProps {
  readonly connectionId: string
  readonly message: MessageView
}

/** Everything about a message but its payload. */
export function MessageFacts({ connectionId, message }: MessageFactsProps) {
  const t = useTranslations('inspector')
  const { source, qosStory, repeatStory } = useDeliveryTruth(connectionId, message)
  const yesNo = (is: boolean) => t(is ? 'yes' : 'no')
  return (
    <div className={styles.factsScroller} role="group" aria-label={t('factsLabel')} tabIndex={0}>
      <dl className={styles.facts}>
        <Fact name={t('facts.direction')}>{t(message.outgoing ? 'sent' : 'received')}</Fact>
        <Fact name={t('facts.retain')}>{yesNo(message.retain)}</Fact>
        {message.dup ? null : <Fact name={t('facts.dup')}>{yesNo(false)}</Fact>}
        <Fact name={t('facts.packetId')}>{message.packetId === 0 ? '–' : message.packetId}</Fact>
        <Fact name={t('facts.sequence')}>{message.sequence}</Fact>
        <Fact name={t('facts.size')}>
          {formatBytes(message.payloadBytes)}
          {message.payloadBytes < 1024 ? null : ` (${formatCount(message.payloadBytes)} B)`}
        </Fact>
        <Fact name={t(message.outgoing ? 'facts.sentAt' : 'facts.receivedAt')} wide>
          {formatClock(message.time)} <span className={styles.iso}>{formatIso(message.time)}</span>
        </Fact>
        <QosFact connectionId={connectionId} delivered={message.qos} story={qosStory} />
        {message.dup ? (
          <Fact name={t('facts.dup')} wide>
            {yesNo(true)} <span className={styles.faint}>{t('dupExplained')}</span>
          </Fact>
        ) : null}
        {message.copy ? (
          <Fact name={t('facts.copy')} wide>
            {yesNo(true)} <span className={styles.faint}>{t('copyExplained')}</span>
          </Fact>
        ) : null}
        <RepeatFact story={repeatStory} />
        {message.delivery ? (
          <Fact name={t('facts.delivery')} wide>
            <DeliveryText delivery={message.delivery} />
          </Fact>
        ) : null}
        {message.outgoing && message.subscriptionIds.length === 0 ? null : (
          <SourceFacts connectionId={connectionId} message={message} source={source} />
        )}
        <MessageProperties key={message.sequence} bytes={message.properties} />
      </dl>
    </div>
  )
}
