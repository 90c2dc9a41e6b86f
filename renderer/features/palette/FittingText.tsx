import { VisibleName } from '../../ui/VisibleText'
import styles from './palette.module.css'

interface FittingTextProps {
  readonly text: string
  /** Of the characters that fit the query. */
  readonly indexes: ReadonlySet<number>
}

/** A name with what fits the query marked. Names with something hidden in them are shown as everywhere, unmarked. */
export function FittingText({ text, indexes }: FittingTextProps) {
  if (indexes.size === 0 || text.length > 300 || !/^[\p{L}\p{N}\p{P}\p{S} ]*$/u.test(text))
    return (
      <span className={styles.text}>
        <VisibleName text={text} />
      </span>
    )
  return (
    <span className={styles.text}>
      {runsOf(text, indexes).map(({ from, piece, fits }) => (fits ? <mark key={from}>{piece}</mark> : piece))}
    </span>
  )
}

interface Run {
  readonly from: number
  readonly piece: string
  readonly fits: boolean
}

const runsOf = (text: string, indexes: ReadonlySet<number>): readonly Run[] => {
  const runs: Run[] = []
  for (let from = 0; from < text.length;) {
    const fits = indexes.has(from)
    let to = from + 1
    while (to < text.length && indexes.has(to) === fits) to++
    runs.push({ from, piece: text.slice(from, to), fits })
    from = to
  }
  return runs
}
