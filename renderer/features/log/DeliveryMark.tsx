import { Check, CheckCheck, CircleX, Clock, Hand, RotateCw, TriangleAlert, Unplug } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Qos } from '#shared/model/qos'
import { reasonText } from '#shared/mqtt/reasonCode'
import { awaitedPacket } from '../../model/awaitedPacket'
import type { Delivery } from '../../model/messageLog/messageLogChunk'
import { useDurations } from '../../ui/durations'
import { formatClock } from '../../ui/format'
import { useWaitedMs } from '../../ui/useWaitedMs'
import styles from './log.module.css'

const icons = {
  queued: <Clock size={12} aria-hidden="true" />,
  sent: <Check size={12} aria-hidden="true" />,
  received: <Check size={12} aria-hidden="true" />,
  acknowledged: <CheckCheck size={12} aria-hidden="true" />,
  refused: <CircleX size={12} aria-hidden="true" />,
  violated: <TriangleAlert size={12} aria-hidden="true" />,
  interrupted: <RotateCw size={12} aria-hidden="true" />,
  held: <Hand size={12} aria-hidden="true" />,
  dropped: <CircleX size={12} aria-hidden="true" />,
  closedAfter: <Unplug size={12} aria-hidden="true" />,
  lost: <Unplug size={12} aria-hidden="true" />,
} as const

/** States that nobody has to do anything about. */
const well: readonly Delivery['state'][] = ['sent', 'received', 'acknowledged']

interface DeliveryMarkProps {
  readonly delivery: Delivery
  readonly qos: Qos
}

/** What became of a message that was sent, a refusal with its code; or what it has been waiting for, and since when. */
export function DeliveryMark({ delivery, qos }: DeliveryMarkProps) {
  const t = useTranslations('log')
  const { age } = useDurations()
  const { state, reasonCode, at } = delivery
  const packet = awaitedPacket(state, qos)
  const waited = useWaitedMs(packet ? at : null)
  const reason = reasonCode === 0 ? '' : `: ${reasonText('puback', reasonCode)}`
  const isLate = packet !== null && waited !== null
  const word = isLate ? t('delivery.waiting', { packet, age: age(waited) }) : t(`delivery.${state}`)
  const said = `${word}${reason}`
  return (
    <span
      className={styles.delivery}
      data-delivery={state}
      data-late={isLate}
      data-well={!isLate && well.includes(state)}
      title={`${said} · ${formatClock(at)}`}
    >
      {isLate ? <Clock size={12} aria-hidden="true" /> : icons[state]}
      <span className={styles.deliveryWord}>{said}</span>
    </span>
  )
}
