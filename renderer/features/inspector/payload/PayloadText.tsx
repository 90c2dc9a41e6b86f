import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { ValueSubject } from '../../../actions/action'
import type { PayloadContent } from '../../../decode/payloadView'
import { shownLength } from '../../../decode/textLines'
import type { Find } from '../find/useFind'
import { usePayloadHits } from '../find/useQueryHits'
import { FixedLines } from '../lines/FixedLines'
import type { LineCursor, LineGoal } from '../lines/LineBox'
import { VirtualLines } from '../lines/VirtualLines'
import { JsonLine } from './JsonLine'
import { PayloadLine } from './PayloadLine'
import type { Folds } from './useFolds'

export interface PayloadTextProps {
  readonly content: PayloadContent
  readonly folds: Folds
  readonly find: Find
  /** The line that was chosen; null = none. */
  readonly chosen: number | null
  readonly onChoose: (line: number) => void
  /** The value of a line of JSON. */
  readonly valueAt: (line: number) => ValueSubject | null
  /** A person chose the message: the first hit of the query comes into view. */
  readonly isChosen: boolean
  /** Takes the element that scrolls. */
  readonly attach: (lines: HTMLElement | null) => void
}

/** The lines of a payload: those of JSON fold, and a chosen one offers what can be done with its value. */
export function PayloadText(props: PayloadTextProps) {
  const { content, folds, find, chosen, isChosen, onChoose, valueAt, attach } = props
  const t = useTranslations('inspector')
  const { shown } = folds
  const Lines = content.fixed ? FixedLines : VirtualLines
  const hits = usePayloadHits(content)
  const goal = useGoal(find, folds, isChosen ? hits.first : null)
  const handleKey = ({ key }: KeyboardEvent) => {
    const wantsFold = key === 'ArrowLeft' ? true : key === 'ArrowRight' ? false : null
    if (wantsFold === null || chosen === null) return false
    if (folds.isFoldable(chosen) && folds.isFolded(chosen) !== wantsFold) folds.toggle(chosen)
    return true
  }
  const cursor: LineCursor | null = content.outline && {
    place: chosen === null || chosen >= content.lines.count ? null : shown.placeOf(chosen),
    choose: (place) => onChoose(shown.lineAt(place)),
    handleKey,
  }
  return (
    <Lines
      label={t('payloadText')}
      count={shown.count}
      attach={attach}
      cursor={cursor}
      goal={goal}
      lengthOf={(place) => shownLength(content.lines.at(shown.lineAt(place)).text)}
      renderLine={(place) => {
        const line = shown.lineAt(place)
        const written = content.lines.at(line)
        const text = (
          <PayloadLine
            line={written}
            tokensOf={content.tokensOf}
            found={find.spansIn(line)}
            current={find.current}
            inQuery={hits.inLine(written.text)}
          />
        )
        return content.outline ? (
          <JsonLine line={line} folds={folds} value={line === chosen ? valueAt(line) : null}>
            {text}
          </JsonLine>
        ) : (
          text
        )
      }}
    />
  )
}

/**
 * Where the hit that is shown stands, once whatever it was folded into is open; before anything is looked for in the
 * payload, where the query has its first hit. That was not asked for, so nothing is unfolded for it.
 */
const useGoal = (find: Find, folds: Folds, inQuery: number | null) => {
  const { goTo } = find
  const { shown } = folds
  const uncover = useRef(folds.uncover)
  useEffect(() => {
    uncover.current = folds.uncover
  })
  useEffect(() => {
    if (goTo) uncover.current(goTo.line)
  }, [goTo])
  const found = useMemo(() => goTo && { place: shown.placeOf(goTo.line), turn: goTo.turn }, [goTo, shown])
  const [first, setFirst] = useState<{ readonly line: number; readonly goal: LineGoal } | null>(null)
  if (inQuery !== null && first?.line !== inQuery)
    setFirst({ line: inQuery, goal: { place: shown.placeOf(inQuery), turn: 0 } })
  return found ?? first?.goal ?? null
}
