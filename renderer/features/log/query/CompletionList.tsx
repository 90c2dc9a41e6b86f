import { useTranslations } from 'use-intl'
import { VisibleName } from '../../../ui/VisibleText'
import styles from './query.module.css'
import type { QueryCompletion } from './useCompletion'

interface CompletionListProps {
  readonly id: string
  readonly completion: QueryCompletion
}

/** What a term's beginning may go on as, below the field. */
export function CompletionList({ id, completion }: CompletionListProps) {
  const t = useTranslations('query')
  const { completions, active, accept } = completion
  return (
    <ul id={id} role="listbox" aria-label={t('completions')} className={styles.completions}>
      {completions.map(({ text }, index) => (
        <li
          key={text}
          id={`${id}-${index}`}
          ref={(element) => {
            if (index === active) element?.scrollIntoView({ block: 'nearest' })
          }}
          role="option"
          aria-selected={index === active}
          className={styles.completion}
          onMouseDown={(event) => {
            // The field keeps the focus.
            event.preventDefault()
            accept(index)
          }}
        >
          <VisibleName text={text} limit={120} mostPieces={4} />
          {isExplained(text) ? <span className={styles.meaning}>{t(`meanings.${text}`)}</span> : null}
        </li>
      ))}
    </ul>
  )
}

const explained = [
  'topic:',
  'below:',
  'sub:',
  'qos:',
  'size:',
  'after:',
  'before:',
  'last:',
  'in',
  'out',
  'retained',
  'dup',
  'repeated',
  'copies',
] as const

const isExplained = (text: string): text is (typeof explained)[number] =>
  (explained as readonly string[]).includes(text)
