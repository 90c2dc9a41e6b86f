import styles from './pieces.module.css'
import { visiblePieces, visibleText } from './visibleText'

/** Text that came from outside: hidden characters stand as escapes, and its direction cannot leak into its neighbours. */
export function VisibleText({ text }: { readonly text: string }) {
  if (visibleText(text) === text) return <bdi>{text}</bdi>
  return (
    <bdi>
      {visiblePieces(text).map((piece, index) =>
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
