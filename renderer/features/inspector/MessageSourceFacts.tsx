import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { MessageView } from '../../model/messageLogChunk'
import { useConnectionModel } from '../../store/useApp'
import { useSubscriptionStatuses, useSubscriptions } from '../../store/useSubscriptions'
import { Chip } from '../../ui/Chip'
import { visibleText } from '../../ui/visibleText'
import { publishedQosOf, qosStoryOf, repeatStoryOf, sourceOf } from './deliveryTruth'
import { Fact } from './Fact'
import styles from './inspector.module.css'

interface MessageProps {
  readonly connectionId: string
  readonly message: MessageView
}

interface SubscriptionChipsProps {
  readonly connectionId: string
  readonly ids: readonly string[]
}

function SubscriptionChips({ connectionId, ids }: SubscriptionChipsProps) {
  const t = useTranslations('inspector')
  const subscriptions = useSubscriptions(connectionId)
  return ids.map((id) => {
    const one = subscriptions.get(id)
    return one ? (
      <Chip key={id} colour={one.colour} label={one.alias || one.filter} title={visibleText(one.filter)} />
    ) : (
      <span key={id} className={styles.faint}>
        {t('removedSubscription')}
      </span>
    )
  })
}

/** Which subscriptions a message came for: the broker's word where it gives one. */
export function SourceFacts({ connectionId, message }: MessageProps) {
  const t = useTranslations('inspector')
  const statuses = useSubscriptionStatuses(connectionId)
  const source = useMemo(() => sourceOf(message, statuses), [message, statuses])
  const { by, subscriptionIds, unknown, alsoMatching } = source
  const isEmpty = subscriptionIds.length === 0 && unknown.length === 0
  return (
    <>
      <Fact name={t('facts.subscriptions')} wide>
        <span className={styles.chips} data-source={by}>
          {isEmpty ? <span className={styles.faint}>{t('noSubscription')}</span> : null}
          <SubscriptionChips connectionId={connectionId} ids={subscriptionIds} />
          {unknown.map((identifier) => (
            <span key={identifier} className={styles.faint}>
              {t('unknownIdentifier', { identifier })}
            </span>
          ))}
          {isEmpty || message.outgoing ? null : <span className={styles.faint}>{t(`source.${by}`)}</span>}
        </span>
      </Fact>
      {alsoMatching.length === 0 ? null : (
        <Fact name={t('facts.alsoMatching')} wide>
          <span className={styles.chips} title={t('alsoHint')}>
            <SubscriptionChips connectionId={connectionId} ids={alsoMatching} />
          </span>
        </Fact>
      )}
    </>
  )
}

/** The QoS a message came with, and why not a higher one. */
export function QosFact({ connectionId, message }: MessageProps) {
  const t = useTranslations('inspector')
  const { log } = useConnectionModel(connectionId)
  const statuses = useSubscriptionStatuses(connectionId)
  const subscriptions = useSubscriptions(connectionId)
  const published = useMemo(() => publishedQosOf(log, message), [log, message])
  const story = useMemo(() => qosStoryOf(message, statuses, published), [message, statuses, published])
  if (!story) return <Fact name={t('facts.qos')}>{message.qos}</Fact>
  const granting = subscriptions.get(story.grantedId)
  const values = {
    delivered: message.qos,
    granted: story.granted,
    published: story.published ?? 0,
    name: visibleText(granting ? granting.alias || granting.filter : ''),
  }
  return (
    <Fact name={t('facts.qos')} wide>
      {message.qos} <span className={styles.faint}>{t(`qosStory.${story.kind}`, values)}</span>
    </Fact>
  )
}

/** Why a message may have come that equals the one before it. */
export function RepeatFact({ connectionId, message }: MessageProps) {
  const t = useTranslations('inspector')
  const { log } = useConnectionModel(connectionId)
  const statuses = useSubscriptionStatuses(connectionId)
  const story = useMemo(() => repeatStoryOf(log, message, sourceOf(message, statuses)), [log, message, statuses])
  if (!story) return null
  const { kind, ...values } = story
  return (
    <Fact name={t('facts.repeat')} wide>
      {t('yes')} <span className={styles.faint}>{t(`repeatStory.${kind}`, values)}</span>
    </Fact>
  )
}
