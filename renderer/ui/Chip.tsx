import type { ColourName } from '#shared/model/colour'
import styles from './pieces.module.css'
import { VisibleName } from './VisibleText'

export interface ChipProps {
  readonly colour: ColourName
  readonly label: string
  readonly title?: string
}

/** Characters that a chip has room for. */
const shownInChip = 40

/** A subscription's name in its colour. */
export function Chip({ colour, label, title }: ChipProps) {
  return (
    <span className={styles.chip} data-colour={colour} title={title}>
      <VisibleName text={label} limit={shownInChip} mostPieces={4} />
    </span>
  )
}
