import { Check, CheckCheck, CircleX, Clock, Unplug } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { reasonName } from '#shared/mqtt/reasonCode'
import type { Delivery } from '../../model/messageLog/messageLogChunk'
import { formatClock } from '../../ui/format'
import styles from './log.module.css'

const icons = {
  queued: <Clock size={12} aria-hidden="true" />,
  sent: <Check size={12} aria-hidden="true" />,
  acknowledged: <CheckCheck size={12} aria-hidden="true" />,
  refused: <CircleX size={12} aria-hidden="true" />,
  lost: <Unplug size={12} aria-hidden="true" />,
} as const

/** What became of a message that was sent; a refusal with the name of its code. */
export function DeliveryMark({ delivery }: { readonly delivery: Delivery }) {
  const t = useTranslations('log')
  const { state, reasonCode, at } = delivery
  const reason = reasonCode === 0 ? '' : `: ${reasonName('puback', reasonCode)}`
  return (
    <span className={styles.delivery} data-delivery={state} title={formatClock(at)}>
      {icons[state]}
      {t(`delivery.${state}`)}
      {reason}
    </span>
  )
}
