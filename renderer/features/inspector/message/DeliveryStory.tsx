import { useTranslations } from 'use-intl'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { DeliveryFact, HandshakeFact } from '../delivery/DeliveryFacts'
import { QosFact, RepeatFact, SourceFacts, useDeliveryTruth } from '../delivery/MessageSourceFacts'
import { useDeliveryRecord } from '../delivery/useDeliveryRecord'
import { Fact } from '../Fact'
import styles from '../inspector.module.css'

/** How a message came: why with this QoS, for which subscriptions, whether again; or what became of one of ours. */
export function DeliveryStory({ message }: { readonly message: MessageView }) {
  const t = useTranslations('inspector')
  const { source, qosStory, repeatStory } = useDeliveryTruth(message)
  const record = useDeliveryRecord(message)
  const timesSent = record?.timesSent ?? 0
  const explained = (name: string, why: string) => (
    <Fact name={name} wide>
      {t('yes')} <span className={styles.faint}>{why}</span>
    </Fact>
  )
  return (
    <>
      <QosFact delivered={message.qos} story={qosStory} />
      {message.dup ? explained(t('facts.dup'), t('dupExplained')) : null}
      {timesSent > 1 ? explained(t('facts.dup'), t('handshake.sentTimes', { count: timesSent })) : null}
      {message.copy ? explained(t('facts.copy'), t('copyExplained')) : null}
      <RepeatFact story={repeatStory} />
      {message.delivery ? <DeliveryFact message={message} delivery={message.delivery} record={record ?? null} /> : null}
      {message.outgoing && message.qos > 0 && record !== undefined ? <HandshakeFact record={record} /> : null}
      {message.outgoing && message.subscriptionIds.length === 0 ? null : (
        <SourceFacts message={message} source={source} />
      )}
    </>
  )
}
