import type { HTMLAttributes } from 'react'
import { useTranslations } from 'use-intl'
import type { FoundSpan } from '../../../decode/find/finder'
import type { Line } from '../../../decode/lines'
import type { LineToken, PayloadContent } from '../../../decode/payloadView'
import { longestLine } from '../../../decode/textLines'
import { VisibleText } from '../../../ui/VisibleText'
import findStyles from '../find/find.module.css'
import styles from '../inspector.module.css'

/**
 * As many lines stand on a screen as there is room for, so each has few elements. There is room for the longest part of
 * a line, escapes and all.
 */
export const inLine = { limit: 2 * longestLine, mostPieces: 3, keepsTabs: true }

/** A line may be full of hits; more of them would be more elements than a screen can do with. */
const mostMarks = 100

/** Marks a line that goes on below, where it was cut for display. */
export const useCutMark = (): ((continues: boolean) => HTMLAttributes<HTMLElement>) => {
  const t = useTranslations('inspector')
  const mark = { className: styles.cut, title: t('cutHint'), 'data-cut': t('cut') }
  return (continues) => (continues ? mark : {})
}

interface PayloadLineProps extends Pick<PayloadContent, 'tokensOf'> {
  readonly line: Line
  /** What of the line was looked for. */
  readonly found?: readonly FoundSpan[]
  /** The hit that is shown. */
  readonly current?: number
}

/** One line of a payload. A line that was cut says so, and has no colours, since a token may be cut with it. */
export function PayloadLine({ line, tokensOf, found = [], current = -1 }: PayloadLineProps) {
  const cutMark = useCutMark()
  if (line.text === '') return '\u200b'
  const tokens: readonly LineToken[] =
    tokensOf && !line.continues ? tokensOf(line.text) : [{ kind: 'plain', text: line.text }]
  return piecesOf(tokens, found.slice(0, mostMarks)).map(({ token, text, hit, isLast }, index) => {
    const isCut = line.continues && isLast
    if (token === 'plain' && hit === null && !isCut && /^[\x20-\x7e]*$/.test(text)) return text
    const shown = <VisibleText key={index} text={text} {...inLine} attributes={cutMark(isCut)} />
    if (token === 'plain' && hit === null) return shown
    return (
      <span key={index} data-token={token}>
        {hit === null ? (
          shown
        ) : (
          <mark className={findStyles.mark} data-current={hit === current}>
            {shown}
          </mark>
        )}
      </span>
    )
  })
}

interface Piece {
  readonly token: LineToken['kind']
  readonly text: string
  /** Null = it is not part of a hit. */
  readonly hit: number | null
  readonly isLast: boolean
}

/** The tokens of a line, cut where hits begin and end. */
const piecesOf = (tokens: readonly LineToken[], found: readonly FoundSpan[]): readonly Piece[] => {
  const pieces: Piece[] = []
  let start = 0
  for (const [index, { kind, text }] of tokens.entries()) {
    const end = start + text.length
    const cuts = found.flatMap(({ from, to }) => [from, to]).filter((cut) => cut > start && cut < end)
    const edges = [start, ...cuts, end]
    for (const [place, from] of edges.slice(0, -1).entries()) {
      const to = edges[place + 1] ?? end
      const hit = found.find((span) => span.from <= from && span.to >= to)?.hit ?? null
      const isLast = index === tokens.length - 1 && to === end
      if (from < to) pieces.push({ token: kind, text: text.slice(from - start, to - start), hit, isLast })
    }
    start = end
  }
  return pieces
}
