import { useTranslations } from 'use-intl'
import { lastValueOf } from '../../model/topicIndex/topicIndexValue'
import type { TopicNode } from '../../model/topicIndex/topicIndexNode'
import { formatBytes } from '../../ui/format'
import { VisibleText } from '../../ui/VisibleText'
import styles from './topicTree.module.css'

/** The last value of a topic on one line; nothing for a branch that only holds others. */
export function LastValue({ node }: { readonly node: TopicNode }) {
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
          <VisibleText text={value.text} isStart={value.cut} mostPieces={4} />
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
