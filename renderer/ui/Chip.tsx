import type { ColourName } from '#shared/model/subscription'
import styles from './pieces.module.css'
import { VisibleText } from './VisibleText'

export interface ChipProps {
  readonly colour: ColourName
  readonly label: string
  readonly title?: string
}

/** A subscription's name in its colour. */
export function Chip({ colour, label, title }: ChipProps) {
  return (
    <span className={styles.chip} data-colour={colour} title={title}>
      <VisibleText text={label} />
    </span>
  )
}
