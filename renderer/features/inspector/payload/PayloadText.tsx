import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { PayloadContent } from '../../../decode/payloadView'
import { shownLength } from '../../../decode/textLines'
import type { Find } from '../find/useFind'
import { FixedLines } from '../lines/FixedLines'
import type { LineCursor } from '../lines/LineBox'
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
  /** Takes the element that scrolls. */
  readonly attach: (lines: HTMLElement | null) => void
}

/** The lines of a payload: those of JSON fold, and a chosen one offers what can be done with its value. */
export function PayloadText({ content, folds, find, chosen, onChoose, attach }: PayloadTextProps) {
  const t = useTranslations('inspector')
  const { shown } = folds
  const Lines = content.fixed ? FixedLines : VirtualLines
  const goal = useGoal(find, folds)
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
        const text = (
          <PayloadLine
            line={content.lines.at(line)}
            tokensOf={content.tokensOf}
            found={find.spansIn(line)}
            current={find.current}
          />
        )
        return content.outline ? (
          <JsonLine line={line} folds={folds} outline={line === chosen ? content.outline : null}>
            {text}
          </JsonLine>
        ) : (
          text
        )
      }}
    />
  )
}

/** Where the hit that is shown stands, once whatever it was folded into is open. */
const useGoal = (find: Find, folds: Folds) => {
  const { goTo } = find
  const { shown } = folds
  const uncover = useRef(folds.uncover)
  useEffect(() => {
    uncover.current = folds.uncover
  })
  useEffect(() => {
    if (goTo) uncover.current(goTo.line)
  }, [goTo])
  return useMemo(() => goTo && { place: shown.placeOf(goTo.line), turn: goTo.turn }, [goTo, shown])
}
