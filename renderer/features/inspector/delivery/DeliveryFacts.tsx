import { useTranslations } from 'use-intl'
import type { DeliveryLeg, DeliveryRecord } from '#shared/model/delivery'
import { reasonText, type ReasonPacket } from '#shared/mqtt/reasonCode'
import { useErrorText } from '../../../i18n/useErrorText'
import { awaitedPacket } from '../../../model/awaitedPacket'
import type { Delivery, MessageView } from '../../../model/messageLog/messageLogChunk'
import { useDurations } from '../../../ui/durations'
import { formatClock } from '../../../ui/format'
import { useWaitedMs } from '../../../ui/useWaitedMs'
import { VisibleText } from '../../../ui/VisibleText'
import { Fact } from '../Fact'
import styles from '../inspector.module.css'

/** The packets of a message of ours in their order, with their times and what the server said. */
export function HandshakeFact({ record }: { readonly record: DeliveryRecord | null }) {
  const t = useTranslations('inspector')
  const errorText = useErrorText()
  return (
    <Fact name={t('facts.handshake')} wide>
      {record ? (
        <>
          {record.violation ? <p className={styles.late}>{errorText(record.violation)}</p> : null}
          <table className={styles.pairs} aria-label={t('handshake.table')}>
            <tbody>
              {record.legs.map((leg, index) => (
                <LegRow key={index} leg={leg} />
              ))}
            </tbody>
          </table>
          {record.legsLeftOut > 0 ? (
            <p className={styles.faint}>{t('handshake.leftOut', { count: record.legsLeftOut })}</p>
          ) : null}
        </>
      ) : (
        <span className={styles.faint}>{t('handshake.notKept')}</span>
      )}
    </Fact>
  )
}

interface DeliveryFactProps {
  readonly message: MessageView
  readonly delivery: Delivery
  /** Null = not known. */
  readonly record: DeliveryRecord | null
}

/** What became of a message of ours, and what it waits for. */
export function DeliveryFact({ message, delivery, record }: DeliveryFactProps) {
  const t = useTranslations('inspector')
  const { age } = useDurations()
  const { state, reasonCode, at } = delivery
  const packet = awaitedPacket(state, message.qos)
  const waited = useWaitedMs(packet ? at : null)
  const version = record?.protocolVersion ?? '5'
  return (
    <Fact name={t('facts.delivery')} wide>
      <span data-delivery={state}>
        {t(`delivery.${state}`, { time: formatClock(at) })}
        {reasonCode === 0 ? null : ` · ${reasonText('puback', reasonCode)}`}
      </span>
      {state === 'acknowledged' && version !== '5' ? (
        <span className={styles.faint}> · {t('handshake.saysNoMore', { version })}</span>
      ) : null}
      {packet && waited !== null ? (
        <span className={styles.late}> · {t('handshake.waiting', { packet, age: age(waited) })}</span>
      ) : null}
    </Fact>
  )
}

/** A server may send as many as a packet has room for. */
const mostPairs = 20

const reasonPackets = {
  PUBLISH: 'puback',
  PUBACK: 'puback',
  PUBREC: 'puback',
  PUBREL: 'pubrel',
  PUBCOMP: 'pubrel',
} as const

function Words({ words }: Pick<DeliveryLeg, 'words'>) {
  if (!words) return null
  const { reasonString, userProperties } = words
  const more = userProperties.length - mostPairs
  return (
    <>
      {reasonString === null ? null : (
        <>
          {' “'}
          <VisibleText text={reasonString} />
          {'”'}
        </>
      )}
      {userProperties.slice(0, mostPairs).map(([name, value], index) => (
        <span key={index} className={styles.faint}>
          {' '}
          <VisibleText text={`${name}: ${value}`} />
        </span>
      ))}
      {more > 0 ? <span className={styles.faint}> … (+{more})</span> : null}
    </>
  )
}

function LegRow({ leg }: { readonly leg: DeliveryLeg }) {
  const table: ReasonPacket = reasonPackets[leg.packet]
  return (
    <tr>
      <th scope="row">
        {leg.packet}
        {leg.dup ? ' DUP' : null}
      </th>
      <td>{formatClock(leg.at)}</td>
      <td>
        {leg.reasonCode === null ? null : reasonText(table, leg.reasonCode)}
        <Words words={leg.words} />
      </td>
    </tr>
  )
}
