import styles from './pieces.module.css'
import { shortPieces, visiblePieces, visibleText } from './visibleText'

interface VisibleTextProps {
  readonly text: string
  /** Characters after which it ends with an ellipsis. */
  readonly limit?: number
}

/** Text that came from outside: hidden characters stand as escapes, and its direction cannot leak into its neighbours. */
export function VisibleText({ text, limit = Infinity }: VisibleTextProps) {
  const isWhole = text.length <= limit
  if (isWhole && visibleText(text) === text) return <bdi>{text}</bdi>
  const pieces = isWhole ? visiblePieces(text) : shortPieces(text, limit)
  return (
    <bdi>
      {pieces.map((piece, index) =>
        piece.escaped ? (
          <span key={index} className={styles.escape}>
            {piece.text}
          </span>
        ) : (
          piece.text
        ),
      )}
    </bdi>
  )
}
