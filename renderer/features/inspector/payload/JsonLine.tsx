import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { JsonOutline } from '../../../decode/json/jsonOutline'
import styles from './json.module.css'
import type { Folds } from './useFolds'
import { useValueVerbs } from './valueVerbs'

interface JsonLineProps {
  readonly line: number
  readonly folds: Folds
  /** Of a chosen line: it offers what can be done with its value. */
  readonly outline: (() => JsonOutline) | null
  readonly children: ReactNode
}

/**
 * A line of JSON with what folds it. Words that are not part of the payload are drawn by the style sheet, so that they
 * are not copied with what a person marks.
 */
export function JsonLine({ line, folds, outline, children }: JsonLineProps) {
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
      {outline ? <Verbs line={line} outline={outline} /> : null}
    </span>
  )
}

function Verbs({ line, outline }: { readonly line: number; readonly outline: () => JsonOutline }) {
  const verbsOf = useValueVerbs()
  return (
    <span className={styles.verbs}>
      {verbsOf(outline(), line).map(({ id, label, word, run }) => (
        <button key={id} type="button" aria-label={label} title={label} data-word={word} onClick={run} />
      ))}
    </span>
  )
}
