import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { ValueSubject } from '../../../actions/action'
import { ValueButtons } from '../ValueButtons'
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
      {value ? (
        <span className={styles.verbs}>
          <ValueButtons value={value} />
        </span>
      ) : null}
    </span>
  )
}
