import type { ReactNode } from 'react'
import styles from './gallery.module.css'

interface SpecimenProps {
  /** The components that are shown, as they are exported, with commas between them; a test looks for each of them. */
  readonly of: string
  /** `grid`: of one width; `stack`: one below the other. */
  readonly layout?: 'row' | 'grid' | 'stack'
  readonly children: ReactNode
}

/** Widgets of one kind in their states. */
export function Specimen({ of, layout = 'row', children }: SpecimenProps) {
  return (
    <section className={styles.specimen} data-shows={of} aria-label={of}>
      <h3 className={styles.name}>{of}</h3>
      <div className={styles[layout]}>{children}</div>
    </section>
  )
}

/** One state under its name, where the widget does not say it itself. */
export function State({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.state}>
      <span className={styles.stateName}>{name}</span>
      {children}
    </div>
  )
}
