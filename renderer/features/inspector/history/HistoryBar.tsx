import { ArrowRight, Pin, PinOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { useConnection } from '../../../state/useConnection'
import { IconButton } from '../../../ui/IconButton'
import styles from './history.module.css'
import { jumpTimeOf } from './jumpTime'
import { pinnedMessagesState } from './pinnedMessages'

interface BarProps {
  readonly shown: MessageView
  readonly evicted: number
  /** Milliseconds since 1970. */
  readonly onJump: (time: number) => void
}

/** Where the history goes to a time, and what is shown is pinned. */
export function HistoryBar({ shown, evicted, onJump }: BarProps) {
  const t = useTranslations('inspector.history')
  const [typed, setTyped] = useState('')
  const [isWrong, setIsWrong] = useState(false)
  const isPinned = useConnection(pinnedMessagesState, ({ pinned }) =>
    pinned.some(({ sequence }) => sequence === shown.sequence),
  )
  const togglePin = useConnection(pinnedMessagesState, (state) => state.togglePin)
  const jump = () => {
    const time = jumpTimeOf(typed, Date.now())
    setIsWrong(time === null)
    if (time !== null) onJump(time)
  }
  return (
    <div className={styles.bar}>
      <form
        className={styles.jump}
        onSubmit={(event) => {
          event.preventDefault()
          jump()
        }}
      >
        <input
          aria-label={t('jump')}
          aria-invalid={isWrong}
          title={isWrong ? t('badTime') : t('jumpHint')}
          placeholder="14:03, -10m"
          value={typed}
          spellCheck={false}
          onChange={(event) => {
            setTyped(event.target.value)
            setIsWrong(false)
          }}
        />
        <IconButton label={t('jumpNow')} icon={<ArrowRight size={14} />} type="submit" />
      </form>
      {isWrong ? (
        <span role="alert" className={styles.wrong}>
          {t('badTime')}
        </span>
      ) : null}
      <span className={styles.evicted}>{evicted > 0 ? t('evicted', { count: evicted }) : null}</span>
      <IconButton
        label={t(isPinned ? 'unpin' : 'pin')}
        icon={isPinned ? <PinOff size={14} /> : <Pin size={14} />}
        onClick={() => togglePin(shown)}
      />
    </div>
  )
}
