import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { Qos } from '#shared/model/qos'
import { isOwnSubscription } from '#shared/model/subscription'
import { clauseOf } from '#shared/mqtt/clauses'
import { visibleName } from '#shared/text/visibleText'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { useConnectionObject } from '../../../state/useConnection'
import { useProtocolVersion } from '../../../state/useEntry'
import { useSubscriptionStatuses, useSubscriptions } from '../../../state/useSubscriptions'
import { Chip } from '../../../ui/Chip'
import { Fact } from '../Fact'
import styles from '../inspector.module.css'
import { historyOf, publishedQosOf } from './deliveryHistory'
import { qosStoryOf, sourceOf, type Arrival, type MessageSource, type QosStory } from './deliveryTruth'
import { repeatStoryOf, type RepeatStory } from './repeatStory'

export interface DeliveryTruth {
  readonly source: MessageSource
  readonly qosStory: QosStory | null
  readonly repeatStory: RepeatStory | null
}

/** What can be said about how a message came. The log is looked through once for each message. */
export const useDeliveryTruth = (message: MessageView): DeliveryTruth => {
  const { log } = useConnectionObject().model
  const statuses = useSubscriptionStatuses()
  const history = useMemo(() => historyOf(log, message), [log, message])
  return useMemo(() => {
    const arrival: Arrival = { message, statuses, source: sourceOf(message, statuses) }
    return {
      source: arrival.source,
      qosStory: qosStoryOf(arrival, publishedQosOf(history, message)),
      repeatStory: repeatStoryOf(arrival, history),
    }
  }, [history, message, statuses])
}

interface SourceFactsProps {
  readonly message: MessageView
  readonly source: MessageSource
}

/** Which subscriptions a message came for: the broker's word where it gives one. */
export function SourceFacts({ message, source }: SourceFactsProps) {
  const t = useTranslations('inspector')
  const { by, subscriptionIds, unknown, alsoMatching } = source
  const isEmpty = subscriptionIds.length === 0 && unknown.length === 0
  return (
    <>
      <Fact name={t('facts.subscriptions')} wide>
        <span className={styles.chips} data-source={by}>
          {isEmpty ? <span className={styles.faint}>{t('noSubscription')}</span> : null}
          <SubscriptionChips ids={subscriptionIds} />
          <UnknownIdentifiers identifiers={unknown} />
          {isEmpty || message.outgoing ? null : <span className={styles.faint}>{t(`source.${by}`)}</span>}
        </span>
      </Fact>
      {alsoMatching.length === 0 ? null : (
        <Fact name={t('facts.alsoMatching')} wide>
          <span className={styles.chips} title={t('alsoHint')}>
            <SubscriptionChips ids={alsoMatching} />
          </span>
        </Fact>
      )}
    </>
  )
}

interface QosFactProps {
  readonly delivered: Qos
  readonly story: QosStory | null
}

/** The QoS a message came with, and why not a higher one. */
export function QosFact({ delivered, story }: QosFactProps) {
  const t = useTranslations('inspector')
  const subscriptions = useSubscriptions()
  const version = useProtocolVersion()
  if (!story) return <Fact name={t('facts.qos')}>{delivered}</Fact>
  const granting = subscriptions.get(story.grantedId)
  const name = visibleName(granting ? granting.alias || granting.filter : '')
  const values = {
    delivered,
    granted: story.granted,
    published: story.published ?? 0,
    clause: clauseOf('lowerQos', version),
    name:
      story.kind === 'severalGrants' || story.others === 0 ? name : t('qosStory.oneOf', { name, others: story.others }),
  }
  return (
    <Fact name={t('facts.qos')} wide>
      {delivered} <span className={styles.faint}>{t(`qosStory.${story.kind}`, values)}</span>
    </Fact>
  )
}

/** Why a message may have come that equals the one before it. */
export function RepeatFact({ story }: { readonly story: RepeatStory | null }) {
  const t = useTranslations('inspector')
  if (!story) return null
  const { kind, ...values } = story
  return (
    <Fact name={t('facts.repeat')} wide>
      {t('yes')} <span className={styles.faint}>{t(`repeatStory.${kind}`, values)}</span>
    </Fact>
  )
}

function SubscriptionChips({ ids }: { readonly ids: readonly string[] }) {
  const t = useTranslations('inspector')
  const subscriptions = useSubscriptions()
  return ids.map((id) => {
    const one = subscriptions.get(id)
    return one ? (
      <Chip key={id} colour={one.colour} label={one.alias || one.filter} title={visibleName(one.filter)} />
    ) : (
      <span key={id} className={styles.faint}>
        {t(isOwnSubscription(id) ? 'ownSubscription' : 'removedSubscription')}
      </span>
    )
  })
}

/** A server may name as many as a message has room for. */
const mostUnknown = 5

function UnknownIdentifiers({ identifiers }: { readonly identifiers: readonly number[] }) {
  const t = useTranslations('inspector')
  const more = identifiers.length - mostUnknown
  return (
    <>
      {identifiers.slice(0, mostUnknown).map((identifier) => (
        <span key={identifier} className={styles.faint}>
          {t('unknownIdentifier', { identifier })}
        </span>
      ))}
      {more > 0 ? <span className={styles.faint}>{t('moreUnknown', { count: more })}</span> : null}
    </>
  )
}
