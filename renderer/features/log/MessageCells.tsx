import { ArrowDownLeft, ArrowUpRight } from 'lucide-react'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import { formatBytes } from '../../ui/format'
import { VisibleText } from '../../ui/VisibleText'
import styles from './log.module.css'
import { linePreviewOf } from './preview'
import { useHits } from './query/HitsProvider'

/** The start of a payload on one line, or what stands around the first hit in it. */
export function PayloadPreview({ payload, payloadBytes }: Pick<MessageView, 'payload' | 'payloadBytes'>) {
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
