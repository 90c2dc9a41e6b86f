import { useTranslations } from 'use-intl'
import type { FilterDescription } from '#shared/mqtt/filterExplanation'
import { useProtocolVersion } from '../../state/useEntry'
import { createFilterSpeaker } from './filterSpeaker'
import { wordsOf } from './filterWords'
import styles from './probe.module.css'

interface FilterSentencesProps {
  readonly description: FilterDescription
}

/** What the filter takes, in sentences. */
export function FilterSentences({ description }: FilterSentencesProps) {
  const t = useTranslations('probe')
  const version = useProtocolVersion()
  const speaker = createFilterSpeaker((key, values) => t(key, values))
  const { pieces, notes } = wordsOf(description, version)
  return (
    <div className={styles.words}>
      <p>{speaker.sentence(pieces)}</p>
      {notes.length > 0 ? <p className={styles.note}>{notes.map((note) => speaker.note(note)).join(' ')}</p> : null}
    </div>
  )
}
