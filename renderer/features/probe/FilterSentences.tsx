import { useTranslations } from 'use-intl'
import type { FilterDescription } from '#shared/mqtt/filterExplanation'
import { createFilterSpeaker } from './filterSpeaker'
import { wordsOf } from './filterWords'
import styles from './probe.module.css'

/** What the filter takes, in sentences. */
export function FilterSentences({ description }: { readonly description: FilterDescription }) {
  const t = useTranslations('probe')
  const speaker = createFilterSpeaker((key, values) => t(key, values))
  const { pieces, notes } = wordsOf(description)
  return (
    <div className={styles.words}>
      <p>{speaker.sentence(pieces)}</p>
      {notes.length > 0 ? <p className={styles.note}>{notes.map((note) => speaker.note(note)).join(' ')}</p> : null}
    </div>
  )
}
