import { useTranslations } from 'use-intl'
import type { UnkeptTopics } from '#shared/model/frame'
import { messagesState } from '../../state/messages'
import { settingsState } from '../../state/settings'
import { useApp } from '../../state/useApp'
import { useConnection } from '../../state/useConnection'
import { formatCount } from '../../ui/format'
import styles from './topicTree.module.css'

/** Below the tree: that topics are missing in it, how many, and what can be done. */
export function UnkeptNote() {
  const unkept = useConnection(messagesState, (state) => state.unkeptTopics)
  return unkept ? <UnkeptText unkept={unkept} /> : null
}

function UnkeptText({ unkept }: { readonly unkept: UnkeptTopics }) {
  const t = useTranslations('topicTree')
  const limit = useApp(settingsState, (state) => state.settings.topicLimit)
  const values = { topics: unkept.topics, count: formatCount(unkept.topics) }
  const hint = t('unkeptHint', { limit: formatCount(limit), messages: formatCount(unkept.messages) })
  return (
    <p role="status" className={styles.unkept} title={hint} aria-description={hint}>
      {t(unkept.isExact ? 'unkept' : 'unkeptAbout', values)}
    </p>
  )
}
