import styles from './list.module.css'

interface UnsavedMarkProps {
  readonly text: string
  readonly title?: string
}

/** Marks a connection, or a change of it, that is not on disk. */
export function UnsavedMark({ text, title }: UnsavedMarkProps) {
  return (
    <span className={styles.unsaved} title={title}>
      {text}
    </span>
  )
}
