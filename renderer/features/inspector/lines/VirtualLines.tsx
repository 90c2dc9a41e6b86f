import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../../ui/Button'
import { formatCount } from '../../../ui/format'
import { createMeasuredHeights, type MeasuredHeights } from '../../../ui/virtualList/rowHeights'
import styles from '../inspector.module.css'
import { LineBox, lineHeight, type LineBoxProps } from './LineBox'

/** As many as a wide pane holds, so that a line is rarely taken for higher than it is. */
const charactersInRow = 80
/** More lines than this are short ones, or else the payload were not shown in this way. */
const mostMeasured = 20_000

/** The scroll bar is a picture of so many lines, and not only a scale for them: more are shown in parts. */
const linesPerPart = 500_000

export interface VirtualLinesProps extends LineBoxProps {
  /** About how many characters a line shows, so that no more lines are drawn than there is room for. */
  readonly lengthOf: (index: number) => number
}

/** Any number of lines that break at the pane's width, of which only those in view exist. */
export function VirtualLines(props: VirtualLinesProps) {
  const t = useTranslations('inspector')
  const [chosen, setChosen] = useState(0)
  const { goal = null } = props
  const [reached, setReached] = useState(goal)
  if (goal !== reached) {
    setReached(goal)
    if (goal) setChosen(Math.floor(goal.place / linesPerPart))
  }
  const parts = Math.max(1, Math.ceil(props.count / linesPerPart))
  const part = Math.min(chosen, parts - 1)
  const first = part * linesPerPart
  return (
    <div className={styles.linesFrame}>
      {parts > 1 ? (
        <div className={styles.parts}>
          <Button disabled={part === 0} onClick={() => setChosen(part - 1)}>
            {t('previousPart')}
          </Button>
          <span>{t('part', { part: formatCount(part + 1), parts: formatCount(parts) })}</span>
          <Button disabled={part === parts - 1} onClick={() => setChosen(part + 1)}>
            {t('nextPart')}
          </Button>
        </div>
      ) : null}
      <Part key={part} {...props} first={first} count={Math.min(linesPerPart, props.count - first)} />
    </div>
  )
}

interface PartProps extends VirtualLinesProps {
  readonly first: number
}

function Part({ label, first, count, attach, renderLine, lengthOf, cursor = null, goal = null }: PartProps) {
  const measured = useMeasuredLines(count, (index) => lengthOf(first + index))
  const goalHere = useMemo(() => goal && { ...goal, place: goal.place - first }, [goal, first])
  return (
    <LineBox
      {...{ label, count, measured, attach }}
      overscan={4}
      renderLine={(index) => renderLine(first + index)}
      goal={goalHere}
      cursor={
        cursor && {
          place: cursor.place === null ? null : cursor.place - first,
          choose: (place) => cursor.choose(first + place),
          handleKey: cursor.handleKey,
        }
      }
    />
  )
}

/** As high as lines of such lengths probably are, until they are drawn. */
const useMeasuredLines = (count: number, lengthOf: (index: number) => number): MeasuredHeights => {
  const estimated = () =>
    createMeasuredHeights({
      rows: count,
      rowHeight: lineHeight,
      estimate: (index) =>
        count > mostMeasured ? lineHeight : lineHeight * Math.max(1, Math.floor(lengthOf(index) / charactersInRow)),
    })
  const [heights, setHeights] = useState(estimated)
  if (heights.rows === count) return heights
  const others = estimated()
  setHeights(others)
  return others
}
