import type { HTMLAttributes, ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { FoundSpan } from '../../../decode/find/finder'
import type { Line } from '../../../decode/lines'
import type { LineToken, PayloadContent } from '../../../decode/payloadView'
import { longestLine } from '../../../decode/textLines'
import type { TextRange } from '../../../model/query/hits'
import { classes } from '../../../ui/classes'
import { VisibleText } from '../../../ui/VisibleText'
import findStyles from '../find/find.module.css'
import styles from '../inspector.module.css'
import pieceStyles from '../../../ui/pieces.module.css'

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
  /** What of the line the query of the log has found. */
  readonly inQuery?: readonly TextRange[]
}

const noSpans: readonly [] = []

/** One line of a payload. A line that was cut says so, and has no colours, since a token may be cut with it. */
export function PayloadLine({ line, tokensOf, found = noSpans, current = -1, inQuery = noSpans }: PayloadLineProps) {
  const cutMark = useCutMark()
  if (line.text === '') return '\u200b'
  const tokens: readonly LineToken[] =
    tokensOf && !line.continues ? tokensOf(line.text) : [{ kind: 'plain', text: line.text }]
  const marks = { found: found.slice(0, mostMarks), inQuery: inQuery.slice(0, mostMarks) }
  return piecesOf(tokens, marks).map((piece, index) => {
    const { token, text, hit, isAsked, isLast } = piece
    const isCut = line.continues && isLast
    const isMarked = hit !== null || isAsked
    if (token === 'plain' && !isMarked && !isCut && /^[\x20-\x7e]*$/.test(text)) return text
    const shown = <VisibleText key={index} text={text} {...inLine} attributes={cutMark(isCut)} />
    if (token === 'plain' && !isMarked) return shown
    return (
      <span key={index} data-token={token}>
        {isMarked ? <Mark piece={piece} current={current} shown={shown} /> : shown}
      </span>
    )
  })
}

interface MarkProps {
  readonly piece: Piece
  readonly current: number
  readonly shown: ReactNode
}

/** Where both meet, what is looked for in this payload counts: the query is what led here. */
function Mark({ piece: { hit }, current, shown }: MarkProps) {
  return hit === null ? (
    <mark className={classes(pieceStyles.hit, findStyles.inQuery)} data-of="query">
      {shown}
    </mark>
  ) : (
    <mark className={findStyles.mark} data-current={hit === current}>
      {shown}
    </mark>
  )
}

interface Piece {
  readonly token: LineToken['kind']
  readonly text: string
  /** Null = it is not part of a hit. */
  readonly hit: number | null
  /** The query of the log has found it. */
  readonly isAsked: boolean
  readonly isLast: boolean
}

interface Marks {
  readonly found: readonly FoundSpan[]
  readonly inQuery: readonly TextRange[]
}

/** The tokens of a line, cut where hits begin and end. */
const piecesOf = (tokens: readonly LineToken[], { found, inQuery }: Marks): readonly Piece[] => {
  const isInHit = (place: number) => found.some(({ from, to }) => from < place && place < to)
  const ends = [
    ...found.flatMap(({ from, to }) => [from, to]),
    ...inQuery.flatMap(({ from, to }) => [from, to]).filter((place) => !isInHit(place)),
  ].sort((one, other) => one - other)
  const pieces: Piece[] = []
  let start = 0
  for (const [index, { kind, text }] of tokens.entries()) {
    const end = start + text.length
    const edges = [start, ...ends.filter((cut) => cut > start && cut < end), end]
    for (const [place, from] of edges.slice(0, -1).entries()) {
      const to = edges[place + 1] ?? end
      const around = (span: TextRange) => span.from <= from && span.to >= to
      const hit = found.find(around)?.hit ?? null
      const piece = { token: kind, text: text.slice(from - start, to - start), hit, isAsked: inQuery.some(around) }
      if (from < to) pieces.push({ ...piece, isLast: index === tokens.length - 1 && to === end })
    }
    start = end
  }
  return pieces
}
