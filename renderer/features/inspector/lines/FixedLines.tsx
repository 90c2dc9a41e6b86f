import styles from '../inspector.module.css'
import { LineBox, type LineBoxProps } from './LineBox'

/** Any number of lines of one height, of which only those in view exist. Long ones scroll sideways. */
export function FixedLines(props: LineBoxProps) {
  return (
    <div className={styles.linesFrame}>
      <LineBox {...props} measured={null} overscan={0} />
    </div>
  )
}
