import { useTranslations } from 'use-intl'
import { hexPair } from '#shared/mqtt/payloadText'
import { oneLineOf } from '#shared/text/payloadReading'
import { differencePath, jsonDifference, type JsonDifference } from '../../../decode/json/jsonDifference'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { useDecodedText } from '../../../mqttUi/useDecodedText'
import { useDecodedLine, type Decoded } from '../../../state/decoded'
import { VisibleText } from '../../../ui/VisibleText'
import { valueDifferenceOf } from '../difference/difference'
import { sameBytes } from '../sameBytes'
import styles from './history.module.css'

const previewBytes = 200
const hexBytes = 24

/** The beginning of a payload, in one line, decoded where something says how. */
export function HistoryPreview({ message }: { readonly message: MessageView }) {
  const decoded = useDecodedLine(message)
  const textOf = useDecodedText()
  if (decoded?.status === 'decoded')
    return (
      <span data-kind="decoded" title={textOf(decoded)}>
        <VisibleText text={decoded.json} isStart={decoded.isCut} limit={previewBytes} mostPieces={4} />
      </span>
    )
  return (
    <>
      {decoded ? (
        <abbr className={styles.faint} title={textOf(decoded)} data-decoding="failed">
          !{' '}
        </abbr>
      ) : null}
      <RawPreview message={message} />
    </>
  )
}

function RawPreview({ message: { payload, payloadBytes } }: { readonly message: MessageView }) {
  const t = useTranslations('inspector.history')
  const line = oneLineOf(payload, { payloadBytes, textBytes: previewBytes, hexBytes })
  if (line.kind === 'empty') return <span className={styles.faint}>{t('empty')}</span>
  const text = line.kind === 'text' ? line.text : Array.from(line.first, hexPair).join(' ')
  return <VisibleText text={text} isStart={line.cut} limit={previewBytes} mostPieces={4} />
}

/** Comparing two JSON texts of this length costs a millisecond, and a page of the list has thirty. */
const mostBytes = 4 * 1_024
const mostShown = 3

interface ChangeProps {
  readonly before: MessageView
  readonly message: MessageView
}

/** What changed since the message before: of JSON, and of what is decoded, the values; of everything else whether the bytes are the same. */
export function HistoryChange({ before, message }: ChangeProps) {
  const t = useTranslations('inspector.history')
  const [lineBefore, line] = [useDecodedLine(before), useDecodedLine(message)]
  if (before.payloadBytes === message.payloadBytes && sameBytes(before.payload, message.payload))
    return <span className={styles.faint}>{t('same')}</span>
  const isSmall = Math.max(before.payloadBytes, message.payloadBytes) <= mostBytes
  const isDecoded = lineBefore !== null || line !== null
  const inBytes = () => (isSmall ? valueDifferenceOf(before.payload, message.payload) : null)
  const differences = isDecoded ? decodedDifference(lineBefore, line) : inBytes()
  // Two numbers are JSON, and one is not told apart from the whole payload.
  const named = differences?.filter(({ way }) => way !== null) ?? []
  if (named.length === 0) return null
  return (
    <span className={styles.change}>
      <VisibleText text={named.slice(0, mostShown).map(changeText).join('  ')} limit={200} mostPieces={4} />
      {named.length > mostShown ? ` ${t('more', { count: named.length - mostShown })}` : null}
    </span>
  )
}

/** Null = only the beginning of one is known, or it cannot be decoded. */
const decodedDifference = (before: Decoded | null, now: Decoded | null): readonly JsonDifference[] | null => {
  const isWhole = (one: Decoded | null) => one?.status === 'decoded' && !one.isCut
  return isWhole(before) && isWhole(now) ? jsonDifference(jsonOf(before), jsonOf(now)) : null
}

const jsonOf = (one: Decoded | null): string => (one?.status === 'decoded' ? one.json : '')

const changeText = (one: JsonDifference): string => {
  const path = differencePath(one.way)
  if (one.kind === 'moved') return `${path} ↕`
  if (one.kind === 'added') return `${path} + ${one.after}`
  if (one.kind === 'removed') return `${path} −`
  return `${path} ${one.before} → ${one.after}`
}
