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
  const start = shownFrom(text, indexes)
  return (
    <span className={styles.text} title={text}>
      {start > 0 ? '…' : null}
      {runsOf(text, indexes, start).map(({ from, piece, fits }) => (fits ? <mark key={from}>{piece}</mark> : piece))}
    </span>
  )
}

/** Characters that there is surely room for, and those that stand before the first that fits where it comes later. */
const surelyShown = 60
const shownBefore = 20

/** What fits comes into view, although the end of a long name has no room. */
const shownFrom = (text: string, indexes: ReadonlySet<number>): number => {
  const first = Math.min(...indexes)
  return text.length > surelyShown && Math.max(...indexes) > surelyShown ? Math.max(0, first - shownBefore) : 0
}

interface Run {
  readonly from: number
  readonly piece: string
  readonly fits: boolean
}

const runsOf = (text: string, indexes: ReadonlySet<number>, start: number): readonly Run[] => {
  const runs: Run[] = []
  for (let from = start; from < text.length;) {
    const fits = indexes.has(from)
    let to = from + 1
    while (to < text.length && indexes.has(to) === fits) to++
    runs.push({ from, piece: text.slice(from, to), fits })
    from = to
  }
  return runs
}
