import { Undo2 } from 'lucide-react'
import type { Ref } from 'react'
import { useTranslations } from 'use-intl'
import type { TopicProblem } from '#shared/mqtt/topicFilter'
import { IconButton } from '../../ui/IconButton'
import { TextField } from '../../ui/fields'
import type { TakenRule } from './RuleRow'
import styles from './schemas.module.css'

interface TryTopicProps {
  readonly topic: string
  readonly problem: TopicProblem | null
  readonly isTyped: boolean
  readonly isSound: boolean
  /** Null = the selected one again. */
  readonly onType: (topic: string | null) => void
  readonly taken: TakenRule | null
  readonly inputRef: Ref<HTMLInputElement>
}

/** Says which rule a topic takes. */
export function TryTopic({ topic, problem, isTyped, isSound, onType, taken, inputRef }: TryTopicProps) {
  const t = useTranslations('schemas')
  const problemText = useTranslations('filterProblems')
  const said = taken ? t('takes', { number: taken.number }) : t('takesNone')
  return (
    <div className={styles.try} data-taken={isSound ? (taken?.number ?? 0) : undefined}>
      <TextField
        label={t('try')}
        mono={topic !== ''}
        placeholder={t('tryPlaceholder')}
        value={topic}
        error={problem ? problemText(problem.code) : null}
        hint={isSound ? <span role="status">{said}</span> : null}
        inputRef={inputRef}
        onChange={onType}
        suffix={
          isTyped ? <IconButton label={t('follow')} icon={<Undo2 size={14} />} onClick={() => onType(null)} /> : null
        }
      />
    </div>
  )
}
