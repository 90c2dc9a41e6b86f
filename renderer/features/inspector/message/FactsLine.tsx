import { ArrowDownLeft, ArrowDownToLine, ArrowUpRight } from 'lucide-react'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { selectionState } from '../../../state/selection'
import { useApp } from '../../../state/useApp'
import { useConnection } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { formatBytes, formatClock, formatCount, formatIso } from '../../../ui/format'
import styles from '../facts.module.css'
import { inspectorState } from '../inspectorState'
import { DeliveryStory } from './DeliveryStory'
import type { Inspected } from './inspectedState'

/** What a message is, in one line; why its QoS is what it is stands behind the QoS. */
export function FactsLine({ inspected: { message, origin } }: { readonly inspected: Inspected }) {
  const t = useTranslations('inspector')
  const { outgoing, payloadBytes, time } = message
  const Arrow = outgoing ? ArrowUpRight : ArrowDownLeft
  const direction = t(outgoing ? 'sent' : 'received')
  return (
    <div className={styles.line}>
      <span className={styles.arrow} data-outgoing={outgoing} title={direction}>
        <Arrow size={14} aria-hidden="true" />
        <span className="visually-hidden">{direction}</span>
      </span>
      <QosChip message={message} />
      <Marks message={message} />
      <span className={styles.size}>
        {formatBytes(payloadBytes)}
        {payloadBytes < 1024 ? null : <span className="visually-hidden"> ({formatCount(payloadBytes)} B)</span>}
      </span>
      <time className={styles.time} dateTime={formatIso(time)} title={formatIso(time)}>
        {formatClock(time)}
      </time>
      <DeliveryWord message={message} />
      <OriginFact origin={origin} topic={message.topic} />
    </div>
  )
}

/** The QoS. Pointed at, or with the focus on it, it tells how the message came; a click shows that with all properties. */
function QosChip({ message }: { readonly message: MessageView }) {
  const t = useTranslations('inspector')
  const id = useId()
  const isTold = useApp(inspectorState, ({ tab }) => tab === 'properties')
  const showTab = useApp(inspectorState, (state) => state.showTab)
  return (
    <span className={styles.qos}>
      <button
        type="button"
        className={styles.chip}
        aria-describedby={isTold ? undefined : id}
        onClick={() => showTab('properties')}
      >
        {t('facts.qos')} {message.qos}
      </button>
      {isTold ? null : (
        <div id={id} role="tooltip" className={styles.card}>
          <dl className={styles.cardFacts}>
            <DeliveryStory message={message} />
          </dl>
        </div>
      )}
    </span>
  )
}

const marks = ['retain', 'dup', 'copy', 'repeat'] as const

function Marks({ message }: { readonly message: MessageView }) {
  const t = useTranslations('inspector')
  return marks.map((mark) =>
    message[mark] ? (
      <span key={mark} className={styles.chip} data-mark={mark} title={t(`marks.${mark}.hint`)}>
        {t(`marks.${mark}.chip`)}
      </span>
    ) : null,
  )
}

/** What became of a message of ours, in a word: the card and the properties say it in full. */
function DeliveryWord({ message: { delivery, qos } }: { readonly message: MessageView }) {
  const t = useTranslations('inspector')
  if (!delivery || (qos === 0 && delivery.state === 'sent')) return null
  return (
    <span className={styles.delivery} data-state={delivery.state}>
      {t(`deliveryWord.${delivery.state}`)}
    </span>
  )
}

interface OriginFactProps extends Pick<Inspected, 'origin'> {
  readonly topic: string
}

/** Whether the details stay with this message or follow its topic, and the way back to following. */
function OriginFact({ origin, topic }: OriginFactProps) {
  const t = useTranslations('inspector')
  const selectTopic = useConnection(selectionState, (state) => state.selectTopic)
  return (
    <span className={styles.origin}>
      <span className={styles.chip} data-origin={origin} title={t(`origin.${origin}`)}>
        {t(`originChip.${origin}`)}
      </span>
      {origin === 'latest' ? null : (
        <Button variant="quiet" className={styles.follow} title={t('followHint')} onClick={() => selectTopic(topic)}>
          <ArrowDownToLine size={14} aria-hidden="true" />
          <span className={styles.followText}>{t('follow')}</span>
        </Button>
      )}
    </span>
  )
}
