import type { HTMLAttributes } from 'react'
import { useTranslations } from 'use-intl'
import type { Line, PayloadContent } from '../../../decode/payloadView'
import { longestLine } from '../../../decode/textLines'
import { VisibleText } from '../../../ui/VisibleText'
import styles from '../inspector.module.css'

/**
 * As many lines stand on a screen as there is room for, so each has few elements. There is room for the longest part of
 * a line, escapes and all.
 */
export const inLine = { limit: 2 * longestLine, mostPieces: 3, keepsTabs: true }

/** Marks a line that goes on below, where it was cut for display. */
export const useCutMark = (): ((continues: boolean) => HTMLAttributes<HTMLElement>) => {
  const t = useTranslations('inspector')
  const mark = { className: styles.cut, title: t('cutHint'), 'data-cut': t('cut') }
  return (continues) => (continues ? mark : {})
}

interface PayloadLineProps extends Pick<PayloadContent, 'tokensOf'> {
  readonly line: Line
}

/** One line of a payload. A line that was cut says so, and has no colours, since a token may be cut with it. */
export function PayloadLine({ line, tokensOf }: PayloadLineProps) {
  const cutMark = useCutMark()
  if (line.text === '') return '\u200b'
  if (!tokensOf || line.continues)
    return <VisibleText text={line.text} {...inLine} attributes={cutMark(line.continues)} />
  return tokensOf(line.text).map((token, index) =>
    token.kind === 'plain' && /^[\x20-\x7e]*$/.test(token.text) ? (
      token.text
    ) : (
      <span key={index} data-token={token.kind}>
        <VisibleText text={token.text} {...inLine} />
      </span>
    ),
  )
}
