import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { TextField } from '../../../../ui/fields'
import { formatCount } from '../../../../ui/format'
import { IconButton } from '../../../../ui/IconButton'
import { VisibleText } from '../../../../ui/VisibleText'
import type { TypedMessage } from '../plan/planForm'
import styles from '../senders.module.css'
import type { FormProps } from './formProps'
import { useProblemText } from './useProblemText'

interface StepsProps extends FormProps {
  /** Id of the message that is written below the list. */
  readonly writtenId: string
  readonly onWrite: (id: string) => void
}

/** The messages of a list with the pauses behind them. One of them is written below. */
export function StepsFields({ form: { messages }, change, problems, tried, writtenId, onWrite }: StepsProps) {
  const t = useTranslations('senders')
  const textOf = useProblemText(tried)
  const put = (next: readonly TypedMessage[]) => change({ messages: next })
  const move = (place: number, by: 1 | -1) => {
    const moved = messages[place]
    if (moved) put(messages.toSpliced(place, 1).toSpliced(place + by, 0, moved))
  }
  return (
    <ol aria-label={t('steps')} className={styles.steps}>
      {messages.map((typed, place) => {
        const number = place + 1
        const isWrong = tried && problems.messages[typed.id] !== undefined
        return (
          <li key={typed.id} className={styles.step} data-written={typed.id === writtenId} data-wrong={isWrong}>
            <button
              type="button"
              className={styles.stepMain}
              aria-pressed={typed.id === writtenId}
              aria-label={t('step', { number, topic: visibleName(typed.message.topic) })}
              onClick={() => onWrite(typed.id)}
            >
              <span className={styles.stepNumber}>{formatCount(number)}</span>
              <span className={styles.stepTopic}>
                {typed.message.topic === '' ? t('noTopic') : <VisibleText text={typed.message.topic} limit={80} />}
              </span>
              <span className={styles.stepPayload}>
                <VisibleText text={typed.message.payload.slice(0, 200)} limit={80} />
              </span>
            </button>
            <div className={styles.stepPause}>
              <TextField
                label={t('pause', { number })}
                hideLabel
                value={typed.pause}
                inputMode="numeric"
                mono
                suffix={<span aria-hidden>ms</span>}
                title={t('pause', { number })}
                error={textOf(problems.pauses[typed.id])}
                onChange={(pause) => put(messages.with(place, { ...typed, pause }))}
              />
            </div>
            <IconButton
              label={t('stepUp', { number })}
              icon={<ArrowUp size={14} />}
              disabled={place === 0}
              onClick={() => move(place, -1)}
            />
            <IconButton
              label={t('stepDown', { number })}
              icon={<ArrowDown size={14} />}
              disabled={place === messages.length - 1}
              onClick={() => move(place, 1)}
            />
            <IconButton
              label={t('stepRemove', { number })}
              icon={<X size={14} />}
              disabled={messages.length === 1}
              onClick={() => {
                put(messages.toSpliced(place, 1))
                const next = messages[place + 1] ?? messages[place - 1]
                if (typed.id === writtenId && next) onWrite(next.id)
              }}
            />
          </li>
        )
      })}
    </ol>
  )
}
