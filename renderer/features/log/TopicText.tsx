import { finderInPart } from '../../model/query/hits'
import { VisibleName } from '../../ui/VisibleText'
import { visibleName } from '#shared/text/visibleText'
import styles from './log.module.css'
import { useHits } from './query/HitsProvider'

/** Characters of each part: a column shows no more, and the title says the rest. */
const shownInColumn = 160
const mostPieces = 4

/** A topic on one line: where it does not fit, its middle goes first and its last level stays. */
export function TopicText({ topic }: { readonly topic: string }) {
  const cut = Math.max(topic.lastIndexOf('/'), 0)
  const { inTopic } = useHits()
  const shown = { limit: shownInColumn, mostPieces }
  return (
    <span className={styles.topicText} title={visibleName(topic)} data-cut={cut > 0}>
      {cut > 0 ? (
        <span className={styles.topicHead}>
          <VisibleName
            text={topic.slice(0, cut)}
            {...shown}
            hitsIn={finderInPart(inTopic, topic, { from: 0, to: cut })}
          />
        </span>
      ) : null}
      <span className={styles.topicTail}>
        <VisibleName
          text={topic.slice(cut)}
          {...shown}
          hitsIn={finderInPart(inTopic, topic, { from: cut, to: topic.length })}
        />
      </span>
    </span>
  )
}
