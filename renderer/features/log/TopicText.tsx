import { VisibleText } from '../../ui/VisibleText'
import { visibleText } from '../../ui/visibleText'
import styles from './log.module.css'

/** A topic on one line: where it does not fit, its middle goes first and its last level stays. */
export function TopicText({ topic }: { readonly topic: string }) {
  const cut = topic.lastIndexOf('/')
  return (
    <span className={styles.topicText} title={visibleText(topic)} data-cut={cut > 0}>
      {cut > 0 ? (
        <span className={styles.topicHead}>
          <VisibleText text={topic.slice(0, cut)} />
        </span>
      ) : null}
      <span className={styles.topicTail}>
        <VisibleText text={cut > 0 ? topic.slice(cut) : topic} />
      </span>
    </span>
  )
}
