import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { isShown, labelOf, type ValueSubject } from '../../../actions/action'
import { useActions } from '../../../actions/useActions'
import { usePhrase } from '../../../i18n/usePhrase'
import styles from './json.module.css'
import type { Folds } from './useFolds'

interface JsonLineProps {
  readonly line: number
  readonly folds: Folds
  /** Of a chosen line: it offers what can be done with its value. */
  readonly value: ValueSubject | null
  readonly children: ReactNode
}

/**
 * A line of JSON with what folds it. Words that are not part of the payload are drawn by the style sheet, so that they
 * are not copied with what a person marks.
 */
export function JsonLine({ line, folds, value, children }: JsonLineProps) {
  const t = useTranslations('inspector')
  const isFolded = folds.isFolded(line)
  return (
    <span className={styles.line}>
      {folds.isFoldable(line) ? (
        <button
          type="button"
          tabIndex={-1}
          aria-label={t(isFolded ? 'unfold' : 'fold')}
          aria-expanded={!isFolded}
          className={styles.fold}
          onClick={() => folds.toggle(line)}
        />
      ) : null}
      {children}
      {isFolded ? <span className={styles.folded} data-folded={folds.foldedText(line)} /> : null}
      {value ? <ValueButtons value={value} /> : null}
    </span>
  )
}

/** What a chosen value offers beside it, in as few words as there is room for. */
function ValueButtons({ value }: { readonly value: ValueSubject }) {
  const actions = useActions('value')
  const textOf = usePhrase()
  return (
    <span className={styles.verbs}>
      {actions.map((action) => {
        if (!('run' in action) || action.buttonLabel === undefined || !isShown(action, value)) return null
        const { id, buttonLabel, run } = action
        const label = textOf(labelOf(action, value))
        const word = textOf(typeof buttonLabel === 'function' ? buttonLabel(value) : buttonLabel)
        return (
          <button key={id} type="button" aria-label={label} title={label} data-word={word} onClick={() => run(value)} />
        )
      })}
    </span>
  )
}
