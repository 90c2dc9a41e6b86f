import type { ColourName } from '#shared/model/colour'
import styles from './pieces.module.css'

export function ColourDot({ colour, title }: { readonly colour: ColourName; readonly title?: string }) {
  return <span className={styles.dot} data-colour={colour} title={title} />
}
