import { useMemo } from 'react'
import { foldLines, type FoldedLines } from '../../../decode/json/foldedLines'
import type { JsonOutline, JsonStep } from '../../../decode/json/jsonOutline'
import type { PayloadContent } from '../../../decode/payloadView'
import { useApp } from '../../../state/useApp'
import { inspectorState, noFolds, type FoldChoice } from '../inspectorState'

export interface Folds {
  /** The lines that are not folded away. */
  readonly shown: FoldedLines
  readonly isFoldable: (line: number) => boolean
  readonly isFolded: (line: number) => boolean
  /** Stands for what is folded into the line: how many values, and what closes them. */
  readonly foldedText: (line: number) => string
  readonly toggle: (line: number) => void
  readonly foldAll: (folded: boolean) => void
  /** Unfolds whatever the line is folded into. */
  readonly uncover: (line: number) => void
}

/** What of JSON is folded: remembered by topic, and nothing of it is worked out before a person folds something. */
export const useFolds = (content: PayloadContent, topic: string): Folds => {
  const choice = useApp(inspectorState, ({ folds }) => folds.get(topic)) ?? noFolds
  const fold = useApp(inspectorState, (state) => state.fold)
  const { lines, outline } = content
  const folded = useMemo(
    () => (outline && choice !== noFolds ? foldedLinesOf(outline(), choice) : new Set<number>()),
    [outline, choice],
  )
  const shown = useMemo(
    () => foldLines({ count: lines.count, folded, closingOf: (line) => outline?.().closingOf(line) }),
    [lines, outline, folded],
  )
  return {
    shown,
    isFoldable: (line) => {
      const { text, continues } = lines.at(line)
      return outline !== null && !continues && (text.endsWith('{') || text.endsWith('['))
    },
    isFolded: (line) => folded.has(line),
    foldedText: (line) => {
      const closing = outline?.().closingOf(line)
      return closing === undefined ? '' : `… ${outline?.().childCount(line) ?? 0} ${lines.at(closing).text.trim()}`
    },
    toggle: (line) => outline && fold(topic, withToggled(choice, [outline().stepsTo(line)])),
    foldAll: (all) => outline && fold(topic, { all, toggled: new Map() }),
    uncover: (line) => {
      if (!outline || folded.size === 0) return
      const covering = around(outline(), line).filter((one) => folded.has(one))
      if (covering.length > 0)
        fold(
          topic,
          withToggled(
            choice,
            covering.map((one) => outline().stepsTo(one)),
          ),
        )
    },
  }
}

const foldedLinesOf = (outline: JsonOutline, { all, toggled }: FoldChoice): ReadonlySet<number> => {
  const lines = new Set([...toggled.values()].flatMap((steps) => outline.lineAt(steps) ?? []))
  return new Set(
    all
      ? outline.openings.filter((line) => outline.openingAround(line) >= 0 && !lines.has(line))
      : [...lines].filter((line) => outline.closingOf(line) !== undefined),
  )
}

const withToggled = ({ all, toggled }: FoldChoice, ways: readonly (readonly JsonStep[])[]): FoldChoice => {
  const changed = new Map(toggled)
  for (const steps of ways) {
    const way = JSON.stringify(steps)
    if (!changed.delete(way)) changed.set(way, steps)
  }
  return { all, toggled: changed }
}

/** The lines that open what the line stands in, the innermost first. */
const around = (outline: JsonOutline, line: number): readonly number[] => {
  const lines: number[] = []
  for (let at = outline.openingAround(line); at >= 0; at = outline.openingAround(at)) lines.push(at)
  return lines
}
