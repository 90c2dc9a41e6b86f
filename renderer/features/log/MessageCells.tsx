import { ArrowDownLeft, ArrowUpRight } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import { useDecodedText } from '../../mqttUi/useDecodedText'
import { useDecodedLine, type Decoded } from '../../state/decoded'
import { formatBytes } from '../../ui/format'
import { VisibleText } from '../../ui/VisibleText'
import styles from './log.module.css'
import { linePreviewOf } from './preview'
import { useHits } from './query/HitsProvider'

/** The start of a payload on one line, decoded where something says how, or what stands around the first hit in it. */
export function PayloadPreview({ message }: { readonly message: MessageView }) {
  const decoded = useDecodedLine(message)
  if (decoded?.status === 'decoded') return <DecodedPreview decoded={decoded} />
  const raw = <RawPreview payload={message.payload} payloadBytes={message.payloadBytes} />
  return decoded?.status === 'failed' ? <FailedPreview decoded={decoded}>{raw}</FailedPreview> : raw
}

function DecodedPreview({ decoded }: { readonly decoded: Decoded & { readonly status: 'decoded' } }) {
  const textOf = useDecodedText()
  return (
    <span className={styles.previewText} data-kind="decoded" title={textOf(decoded)}>
      <VisibleText text={decoded.json} isStart={decoded.isCut} limit={240} mostPieces={4} />
    </span>
  )
}

function FailedPreview({ decoded, children }: { readonly decoded: Decoded; readonly children: ReactNode }) {
  const textOf = useDecodedText()
  const text = textOf(decoded)
  return (
    <>
      <abbr className={styles.mark} title={text} data-decoding="failed">
        !
      </abbr>
      {children}
    </>
  )
}

function RawPreview({ payload, payloadBytes }: Pick<MessageView, 'payload' | 'payloadBytes'>) {
  const t = useTranslations('log')
  const { inPayload, placeIn } = useHits()
  const { kind, text, cut, from } = linePreviewOf(payload, payloadBytes, placeIn)
  if (kind === 'empty') return <span className={styles.faint}>{t('emptyPayload')}</span>
  return (
    <span className={styles.previewText} data-kind={kind}>
      {from > 0 ? '…' : null}
      <VisibleText text={text} isStart={cut} limit={240} mostPieces={4} hitsIn={kind === 'text' ? inPayload : null} />
    </span>
  )
}

/** Whether the message came or went. */
export const DirectionCell = memo(function Direction({ outgoing }: Pick<MessageView, 'outgoing'>) {
  const t = useTranslations('log')
  const name = t(outgoing ? 'sent' : 'received')
  const Arrow = outgoing ? ArrowUpRight : ArrowDownLeft
  return (
    <span className={styles.arrow} data-outgoing={outgoing} title={name}>
      <Arrow size={14} aria-hidden="true" />
      <span className="visually-hidden">{name}</span>
    </span>
  )
})

interface MarksProps extends Pick<MessageView, 'retain' | 'dup' | 'repeat' | 'copy'> {
  /** How much of the payload is here; null = all of it. */
  readonly headBytes: number | null
}

const letters = [
  ['retain', 'R'],
  ['dup', 'D'],
  ['repeat', '='],
  ['copy', 'C'],
] as const

/** What is special about a message, a letter each. */
export const Marks = memo(function Marks({ headBytes, ...message }: MarksProps) {
  const t = useTranslations('log')
  return (
    <>
      {letters.map(([name, letter]) =>
        message[name] ? (
          <abbr key={name} className={styles.mark} title={t(`marks.${name}`)}>
            {letter}
          </abbr>
        ) : null,
      )}
      {headBytes === null ? null : (
        <abbr className={styles.mark} title={t('headMark', { head: formatBytes(headBytes) })}>
          …
        </abbr>
      )}
    </>
  )
})
