import { Fragment } from 'react'
import { useTranslations } from 'use-intl'
import { ActionButton } from '../../../actions/ActionButton'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { finderInPart } from '../../../model/query/hits'
import { logViewState } from '../../../state/logView'
import { selectionState } from '../../../state/selection'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { VisibleName } from '../../../ui/VisibleText'
import { useQueryHits } from '../find/useQueryHits'
import styles from '../inspector.module.css'

export function MessageHeader({ message }: { readonly message: MessageView }) {
  const subject = { connection: useConnectionObject(), message }
  return (
    <header className={styles.header}>
      <TopicPath topic={message.topic} />
      <span className={styles.headerVerbs}>
        <ActionButton id="message.copyTopic" on="message" subject={subject} />
        <ActionButton id="message.sendAgain" on="message" subject={subject} />
        <ActionButton id="message.sendToTopic" on="message" subject={subject} />
        <ActionButton id="message.decodeLikeThis" on="message" subject={subject} />
        <ActionButton id="message.keep" on="message" subject={subject} />
      </span>
    </header>
  )
}

/** A topic with thousands of levels is legal: the path shows the first ones and counts the others. */
const shownLevels = 20
const inLevel = { limit: 120, mostPieces: 3 }

/** The topic by levels; each limits log and tree to what is below it. */
function TopicPath({ topic }: { readonly topic: string }) {
  const t = useTranslations('inspector')
  const limitTo = useConnection(logViewState, (state) => state.limitTo)
  const selectTopic = useConnection(selectionState, (state) => state.selectTopic)
  const { inTopic } = useQueryHits()
  const levels = topic.split('/')
  const shown = levels.slice(0, shownLevels)
  const hitsIn = (level: number) => {
    const from = levels.slice(0, level).reduce((length, one) => length + one.length + 1, 0)
    return finderInPart(inTopic, topic, { from, to: from + (levels[level] ?? '').length })
  }
  const choose = (level: number) => {
    const path = levels.slice(0, level + 1).join('/')
    limitTo(path)
    selectTopic(path)
  }
  return (
    <span className={styles.path}>
      {shown.map((level, index) => (
        <Fragment key={index}>
          {index > 0 ? <span className={styles.slash}>/</span> : null}
          <button type="button" className={styles.level} title={t('limitToLevel')} onClick={() => choose(index)}>
            {level === '' ? <i>{t('emptyLevel')}</i> : <VisibleName text={level} {...inLevel} hitsIn={hitsIn(index)} />}
          </button>
        </Fragment>
      ))}
      {levels.length > shownLevels ? (
        <span className={styles.slash}>{t('moreLevels', { count: levels.length - shownLevels })}</span>
      ) : null}
    </span>
  )
}
