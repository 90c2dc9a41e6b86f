import { useTranslations } from 'use-intl'
import { VisibleText } from '../../ui/VisibleText'
import styles from './inspector.module.css'
import { jsonTokens } from './jsonTokens'
import { longestLine, type Line } from './textLines'

/** As many lines stand on a screen as there is room for, so each has few elements. A line is cut where it is made. */
const inLine = { limit: 2 * longestLine, mostPieces: 4, keepsTabs: true }
const inToken = { ...inLine, mostPieces: 2 }

/** One line of a payload. A line that was cut says so, and has no colours, since a token may be cut with it. */
export function PayloadLine({ line, coloured }: { readonly line: Line; readonly coloured: boolean }) {
  const t = useTranslations('inspector')
  if (line.text === '') return '\u200b'
  if (!coloured || line.continues)
    return (
      <>
        <VisibleText text={line.text} {...inLine} />
        {line.continues ? (
          <span className={styles.cut} title={t('cutHint')} data-cut={t('cut')} aria-hidden="true" />
        ) : null}
      </>
    )
  return jsonTokens(line.text).map((token, index) =>
    token.kind === 'plain' && /^[\x20-\x7e]*$/.test(token.text) ? (
      token.text
    ) : (
      <span key={index} data-token={token.kind}>
        <VisibleText text={token.text} {...inToken} />
      </span>
    ),
  )
}
