import { useTranslations } from 'use-intl'
import { lastValueOf } from '../../../model/topicIndex/topicIndexValue'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import { useDecodedText } from '../../../mqttUi/useDecodedText'
import type { Decoded } from '../../../state/decoded'
import { formatBytes } from '../../../ui/format'
import { VisibleText } from '../../../ui/VisibleText'
import { shortVisible } from '#shared/text/visibleText'
import styles from '../topicTree.module.css'

/** Characters: a row has no room for more. */
const shownInRow = 160

/** A screen reader is not kept for longer by a value. */
const spokenCharacters = 120

/** The last value in words, decoded where something says how; null for a branch that only holds others. */
export const useValueText = (): ((node: TopicNode, decoded: Decoded | null) => string | null) => {
  const t = useTranslations('topicTree')
  return (node, decoded) => {
    if (decoded?.status === 'decoded') {
      const text = shortVisible(decoded.json, spokenCharacters)
      return decoded.isCut && !text.endsWith('…') ? `${text}…` : text
    }
    const value = lastValueOf(node)
    if (value.kind === 'none') return null
    if (value.kind === 'empty') return t('emptyPayload')
    const text = value.kind === 'text' ? shortVisible(value.text, spokenCharacters) : `0x${value.hex}`
    return value.cut && !text.endsWith('…') ? `${text}…` : text
  }
}

interface LastValueProps {
  readonly node: TopicNode
  /** Null = nothing says how, or it is not decoded yet. */
  readonly decoded: Decoded | null
  /** Nothing but what the tree keeps of it is left. */
  readonly evicted: boolean
}

/** The last value of a topic on one line; nothing for a branch that only holds others. */
export function LastValue({ node, decoded, evicted }: LastValueProps) {
  const t = useTranslations('topicTree')
  return (
    <>
      {decoded === null ? null : <DecodedValue decoded={decoded} />}
      {decoded?.status === 'decoded' ? null : <ValueText node={node} />}
      {evicted ? (
        <span className={styles.noValue} title={t('valueEvictedTitle')}>
          {' '}
          {t('valueEvicted')}
        </span>
      ) : null}
    </>
  )
}

function DecodedValue({ decoded }: { readonly decoded: Decoded }) {
  const textOf = useDecodedText()
  if (decoded.status === 'decoded') {
    return (
      <span className={styles.value} data-kind="decoded" title={textOf(decoded)}>
        <VisibleText text={decoded.json} isStart={decoded.isCut} limit={shownInRow} mostPieces={4} />
      </span>
    )
  }
  return (
    <abbr className={styles.failedMark} title={textOf(decoded)} data-decoding="failed">
      !
    </abbr>
  )
}

function ValueText({ node }: { readonly node: TopicNode }) {
  const t = useTranslations('topicTree')
  const value = lastValueOf(node)
  switch (value.kind) {
    case 'none':
      return null
    case 'empty':
      return <span className={styles.noValue}>{t('emptyPayload')}</span>
    case 'text':
      return (
        <span className={styles.value}>
          <VisibleText text={value.text} isStart={value.cut} limit={shownInRow} mostPieces={4} />
        </span>
      )
    case 'binary':
      return (
        <span className={styles.value}>
          {`0x${value.hex}${value.cut ? '…' : ''}`}{' '}
          <span className={styles.size}>{formatBytes(node.payloadBytes)}</span>
        </span>
      )
  }
}
