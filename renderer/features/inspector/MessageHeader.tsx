import { Copy, Send, SendHorizontal } from 'lucide-react'
import { Fragment } from 'react'
import { useTranslations } from 'use-intl'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import { composedFrom } from '../../model/messageLog/messageLogCompose'
import { selectPayload } from '../../store/payloadSlice'
import { useApp, useAppStore } from '../../store/useApp'
import { IconButton } from '../../ui/IconButton'
import { VisibleName } from '../../ui/VisibleText'
import styles from './inspector.module.css'

interface TopicPathProps {
  readonly connectionId: string
  readonly topic: string
}

/** A topic with thousands of levels is legal: the path shows the first ones and counts the others. */
const shownLevels = 20
const inLevel = { limit: 120, mostPieces: 3 }

/** The topic by levels; each limits log and tree to what is below it. */
function TopicPath({ connectionId, topic }: TopicPathProps) {
  const t = useTranslations('inspector')
  const store = useAppStore()
  const levels = topic.split('/')
  const shown = levels.slice(0, shownLevels)
  const choose = (level: number) => {
    const path = levels.slice(0, level + 1).join('/')
    store.getState().scopeLog(connectionId, path)
    store.getState().selectTopic(connectionId, path)
  }
  return (
    <span className={styles.path}>
      {shown.map((level, index) => (
        <Fragment key={index}>
          {index > 0 ? <span className={styles.slash}>/</span> : null}
          <button type="button" className={styles.level} title={t('limitToLevel')} onClick={() => choose(index)}>
            {level === '' ? <i>{t('emptyLevel')}</i> : <VisibleName text={level} {...inLevel} />}
          </button>
        </Fragment>
      ))}
      {levels.length > shownLevels ? (
        <span className={styles.slash}>{t('moreLevels', { count: levels.length - shownLevels })}</span>
      ) : null}
    </span>
  )
}

export interface MessageHeaderProps {
  readonly connectionId: string
  readonly message: MessageView
}

export function MessageHeader({ connectionId, message }: MessageHeaderProps) {
  const t = useTranslations('inspector')
  const copyText = useApp((state) => state.copyText)
  const composeMessage = useApp((state) => state.composeMessage)
  const composeFor = useApp((state) => state.composeFor)
  const payload = useApp(selectPayload(connectionId, message))
  const sendAgain = () => {
    if (!payload) return
    const { message: composed, file } = composedFrom(message, payload)
    composeMessage(composed, file)
  }
  return (
    <header className={styles.header}>
      <TopicPath connectionId={connectionId} topic={message.topic} />
      <span className={styles.headerVerbs}>
        <IconButton label={t('copyTopic')} icon={<Copy size={14} />} onClick={() => void copyText(message.topic)} />
        <IconButton
          label={
            payload ? t('sendAgain') : t('verbWithReason', { verb: t('sendAgain'), reason: t('whole.notAllHere') })
          }
          icon={<Send size={14} />}
          disabled={payload === null}
          onClick={sendAgain}
        />
        <IconButton
          label={t('sendToTopic')}
          icon={<SendHorizontal size={14} />}
          onClick={() => composeFor(message.topic)}
        />
      </span>
    </header>
  )
}
