import { FileX2 } from 'lucide-react'
import styles from './mqttUi.module.css'

interface SchemaMarkProps {
  /** What is not as its JSON Schema says. */
  readonly text: string
}

/** Beside a topic of which messages do not conform to their JSON Schema. */
export function SchemaMark({ text }: SchemaMarkProps) {
  return (
    <span role="img" aria-label={text} title={text} className={styles.schemaMark}>
      <FileX2 size={12} aria-hidden />
    </span>
  )
}

/** At the edge of the row of a message that does not conform. */
export function SchemaRowMark({ text }: SchemaMarkProps) {
  return (
    <span role="presentation" className={styles.schemaEdge} title={text} data-mark="schema">
      <FileX2 size={10} aria-hidden />
      <span className="visually-hidden">{text}</span>
    </span>
  )
}
