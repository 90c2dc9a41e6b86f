import { Bell, BellOff, Crosshair, Pencil, Trash2 } from 'lucide-react'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import type { SubscriptionStatus } from '#shared/model/subscription'
import type { NearMiss } from '#shared/mqtt/nearMisses'
import { messagesSinceClear, messagesState } from '../../../state/messages'
import { probeState } from '../../../state/probe'
import {
  changeSubscriptions,
  removeSubscriptions,
  saveSubscription,
  sendAnyway,
} from '../../../state/subscriptionVerbs'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { useEntry } from '../../../state/useEntry'
import { Button } from '../../../ui/Button'
import { classes } from '../../../ui/classes'
import { useDurations } from '../../../ui/durations'
import { formatCount, formatRate } from '../../../ui/format'
import { ColourDot } from '../../../ui/ColourDot'
import { FilterName } from '../../../mqttUi/FilterName'
import { IconButton } from '../../../ui/IconButton'
import { visibleName } from '#shared/text/visibleText'
import { NearMissLine } from '../nearMisses/NearMissLine'
import { OptionMarks } from './OptionMarks'
import { SubscriptionStateText, WithheldReason } from './SubscriptionStateText'
import { nameOf } from '../../../model/subscriptionLabels'
import styles from '../subscriptions.module.css'
import { remedyOf } from './remedy'

export interface SubscriptionRowProps {
  readonly status: SubscriptionStatus
  /** A filter that it may have been meant to be, where it brought nothing. */
  readonly nearest: NearMiss | undefined
  readonly rate: number
  /** When the rate was read. */
  readonly now: number
  readonly position: { readonly place: number; readonly count: number }
  /** Tab reaches this row of all. */
  readonly isTabStop: boolean
  readonly isChosen: boolean
  /** The row, and those that were chosen together with it. */
  readonly targets: (id: string) => readonly SubscriptionStatus[]
  readonly onFocus: () => void
  readonly onEdit: (status: SubscriptionStatus) => void
}

/** One subscription on one line: what it asks for, what the broker granted, how many messages came; below it why none can come. */
export function SubscriptionRow(props: SubscriptionRowProps) {
  const { status, position, isChosen } = props
  const t = useTranslations('subscriptions')
  const { id, filter, alias, colour, enabled, muted } = status.subscription
  const isUnsaved = useIsUnsaved(id)
  return (
    <div
      role="listitem"
      aria-posinset={position.place + 1}
      aria-setsize={position.count}
      className={classes(styles.item, isChosen && styles.chosen)}
      data-filter={filter}
      data-id={id}
      data-off={!enabled}
      data-muted={muted}
    >
      <div className={styles.row}>
        <ReceiveBox {...props} />
        <ColourDot colour={colour} />
        <span className={styles.names} title={visibleName(alias === '' ? filter : `${alias}: ${filter}`)}>
          <FilterName alias={alias} filter={filter} />
        </span>
        {muted ? <BellOff size={12} className={styles.mutedMark} aria-label={t('muted')} /> : null}
        <OptionMarks subscription={status.subscription} />
        <SubscriptionStateText status={status} />
        {isUnsaved ? (
          <span className={styles.unsaved} title={t('unsavedHint')}>
            {t('unsaved')}
          </span>
        ) : null}
        <Remedy status={status} />
        <Traffic {...props} />
        <Actions status={status} onEdit={props.onEdit} />
      </div>
      <WithheldReason status={status} />
      <NearMissLine subscription={status.subscription} nearest={props.nearest} />
    </div>
  )
}

/** The row for the keyboard: Space, as on every such box, and the keys of the list. */
function ReceiveBox({ status, isTabStop, isChosen, targets, onFocus }: SubscriptionRowProps) {
  const t = useTranslations('subscriptions')
  const connection = useConnectionObject()
  const { subscription } = status
  return (
    <input
      type="checkbox"
      data-part="receive"
      className={styles.enable}
      checked={subscription.enabled}
      tabIndex={isTabStop ? 0 : -1}
      aria-label={t('enable', { name: nameOf(status) })}
      {...(isChosen && { 'aria-description': t('chosen') })}
      onFocus={onFocus}
      onChange={({ target: { checked: enabled } }) => {
        const all = targets(subscription.id)
        if (all.length > 1) changeSubscriptions(connection, all, { enabled })
        else void saveSubscription(connection, { ...subscription, enabled })
      }}
    />
  )
}

/** What a person can still do for a filter that the broker has not got, or has not let go of. */
function Remedy({ status }: Pick<SubscriptionRowProps, 'status'>) {
  const t = useTranslations('subscriptions')
  const connection = useConnectionObject()
  const remedy = remedyOf(status)
  if (!remedy) return null
  return (
    <Button
      variant="quiet"
      tabIndex={-1}
      className={styles.sendAnyway}
      title={t(`${remedy}Hint`)}
      onClick={() => void sendAnyway(connection, status.subscription.id)}
    >
      {t(remedy)}
    </Button>
  )
}

/** Whether the disk did not take a filter, so that it holds for this run only. */
const useIsUnsaved = (subscriptionId: string): boolean =>
  useEntry()?.unsaved?.subscriptionIds.includes(subscriptionId) ?? false

function Traffic({ status, rate, now }: SubscriptionRowProps) {
  const t = useTranslations('subscriptions')
  const durations = useDurations()
  const id = status.subscription.id
  const messages = useConnection(messagesState, (state) => messagesSinceClear(state, id))
  const before = useConnection(messagesState, ({ countedBefore }) => countedBefore[id] ?? 0)
  const lastAt = useConnection(messagesState, (state) => state.subscriptionTotals[id]?.lastAt ?? 0)
  const title =
    before === 0
      ? t('countTitle', { count: formatCount(messages) })
      : t('countSinceClearTitle', { count: formatCount(messages), all: formatCount(messages + before) })
  return (
    <>
      <span className={styles.count} title={title} data-messages={messages}>
        {formatCount(messages)}
      </span>
      <span className={styles.rate} title={t('rateTitle')}>
        {t('rate', { rate: formatRate(rate) })}
      </span>
      <span className={styles.age} title={t('lastTitle')}>
        {lastAt === 0 ? '–' : durations.age(now - lastAt)}
      </span>
    </>
  )
}

/**
 * For the mouse: with the keyboard they are keys of the list and entries of its menu. Not drawn again with every rate: four
 * tooltips are most of what a row costs.
 */
const Actions = memo(function Actions({ status, onEdit }: Pick<SubscriptionRowProps, 'status' | 'onEdit'>) {
  const t = useTranslations('subscriptions')
  const name = nameOf(status)
  const connection = useConnectionObject()
  const { muted, filter } = status.subscription
  const common = { className: styles.action, tabIndex: -1 }
  return (
    <span className={styles.actions}>
      <IconButton
        label={muted ? t('unmute', { name }) : t('mute', { name })}
        icon={muted ? <BellOff size={14} /> : <Bell size={14} />}
        pressed={muted}
        {...common}
        onClick={() => void saveSubscription(connection, { ...status.subscription, muted: !muted })}
      />
      <IconButton
        label={t('probe', { name })}
        icon={<Crosshair size={14} />}
        {...common}
        onClick={() => connection.get(probeState).probe(filter)}
      />
      <IconButton label={t('edit', { name })} icon={<Pencil size={14} />} {...common} onClick={() => onEdit(status)} />
      <IconButton
        label={t('remove', { name })}
        icon={<Trash2 size={14} />}
        {...common}
        onClick={() => void removeSubscriptions(connection, [status])}
      />
    </span>
  )
})
