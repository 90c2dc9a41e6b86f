import styles from './mqttUi.module.css'
import { VisibleName } from '../ui/VisibleText'

interface FilterNameProps {
  /** '' = it has none. */
  readonly alias: string
  readonly filter: string
}

/** A subscription's filter, behind its alias where it has one. Both are cut where there is no room for them. */
export function FilterName({ alias, filter }: FilterNameProps) {
  return (
    <>
      {alias === '' ? null : (
        <span className={styles.alias}>
          <VisibleName text={alias} />
        </span>
      )}
      <span className={styles.filter} data-part="filter">
        <VisibleName text={filter} />
      </span>
    </>
  )
}
