import { Bell, BellOff, Crosshair, Pencil, Trash2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { isStillThere, type SubscriptionStatus } from '#shared/model/subscription'
import { messagesState } from '../../state/messages'
import { probeState } from '../../state/probe'
import { useConnection } from '../../state/useConnection'
import { useEntry } from '../../state/useEntry'
import { Button } from '../../ui/Button'
import { useDurations } from '../../ui/durations'
import { formatCount, formatRate } from '../../ui/format'
import { ColourDot } from '../../ui/ColourDot'
import { FilterName } from '../../mqttUi/FilterName'
import { IconButton } from '../../ui/IconButton'
import { visibleName } from '#shared/text/visibleText'
import { OptionMarks } from './OptionMarks'
import { SubscriptionStateText, WithheldReason } from './SubscriptionStateText'
import { nameOf } from '../../model/subscriptionLabels'
import styles from './subscriptions.module.css'

export interface SubscriptionRowProps {
  readonly status: SubscriptionStatus
  readonly rate: number
  /** When the rate was read. */
  readonly now: number
  readonly onChange: (change: { readonly enabled?: boolean; readonly muted?: boolean }) => void
  readonly onEdit: () => void
  readonly onRemove: () => void
  readonly onSendAnyway: () => void
}

/** One subscription on one line: what it asks for, what the broker granted, how many messages came; below it why none can come. */
export function SubscriptionRow(props: SubscriptionRowProps) {
  const { status, onChange, onSendAnyway } = props
  const t = useTranslations('subscriptions')
  const { id, filter, alias, colour, enabled, muted } = status.subscription
  const isUnsaved = useIsUnsaved(id)
  return (
    <li className={styles.item} data-filter={filter} data-id={id} data-off={!enabled} data-muted={muted}>
      <div className={styles.row}>
        <input
          type="checkbox"
          className={styles.enable}
          checked={enabled}
          aria-label={t('enable', { name: nameOf(status) })}
          onChange={(event) => onChange({ enabled: event.target.checked })}
        />
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
        {status.state.phase === 'heldBack' && status.state.reason !== 'tooLarge' && enabled ? (
          <Button variant="quiet" className={styles.sendAnyway} title={t('sendAnywayHint')} onClick={onSendAnyway}>
            {t('sendAnyway')}
          </Button>
        ) : null}
        {isStillThere(status) ? (
          <Button
            variant="quiet"
            className={styles.sendAnyway}
            title={t('unsubscribeAgainHint')}
            onClick={onSendAnyway}
          >
            {t('unsubscribeAgain')}
          </Button>
        ) : null}
        <Traffic {...props} />
        <Actions {...props} />
      </div>
      <WithheldReason status={status} />
    </li>
  )
}

/** Whether the disk did not take a filter, so that it holds for this run only. */
const useIsUnsaved = (subscriptionId: string): boolean =>
  useEntry()?.unsaved?.subscriptionIds.includes(subscriptionId) ?? false

function Traffic({ status, rate, now }: SubscriptionRowProps) {
  const t = useTranslations('subscriptions')
  const durations = useDurations()
  const id = status.subscription.id
  const messages = useConnection(messagesState, (state) => state.subscriptionTotals[id]?.messages ?? 0)
  const lastAt = useConnection(messagesState, (state) => state.subscriptionTotals[id]?.lastAt ?? 0)
  return (
    <>
      <span className={styles.count} title={t('countTitle', { count: formatCount(messages) })} data-messages={messages}>
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

function Actions({ status, onChange, onEdit, onRemove, onSendAnyway }: SubscriptionRowProps) {
  const t = useTranslations('subscriptions')
  const name = nameOf(status)
  const probe = useConnection(probeState, (state) => state.probe)
  const { muted, filter } = status.subscription
  return (
    <span className={styles.actions}>
      <IconButton
        label={muted ? t('unmute', { name }) : t('mute', { name })}
        icon={muted ? <BellOff size={14} /> : <Bell size={14} />}
        pressed={muted}
        className={styles.action}
        onClick={() => onChange({ muted: !muted })}
      />
      <IconButton
        label={t('probe', { name })}
        icon={<Crosshair size={14} />}
        className={styles.action}
        onClick={() => probe(filter)}
      />
      <IconButton label={t('edit', { name })} icon={<Pencil size={14} />} className={styles.action} onClick={onEdit} />
      <IconButton
        label={t('remove', { name })}
        icon={<Trash2 size={14} />}
        className={styles.action}
        // For one that is removed already there is nothing left but to send UNSUBSCRIBE again.
        onClick={status.isRemoved ? onSendAnyway : onRemove}
      />
    </span>
  )
}
