import { useTranslations } from 'use-intl'
import type { FilterDescription } from '#shared/mqtt/filterExplanation'
import { filterRemarks } from '#shared/mqtt/filterRemarks'
import { useProtocolVersion } from '../../state/useEntry'
import { createFilterSpeaker } from './filterSpeaker'
import { wordsOf } from './filterWords'
import styles from './probe.module.css'

interface FilterSentencesProps {
  readonly filter: string
  readonly description: FilterDescription
}

/** What the filter takes, in sentences. */
export function FilterSentences({ filter, description }: FilterSentencesProps) {
  const t = useTranslations('probe')
  const remark = useTranslations('filterRemarks')
  const version = useProtocolVersion()
  const speaker = createFilterSpeaker((key, values) => t(key, values))
  const { pieces, notes } = wordsOf(description, version)
  const said = [...notes.map((note) => speaker.note(note)), ...filterRemarks(filter).map((code) => remark(code))]
  return (
    <div className={styles.words}>
      <p>{speaker.sentence(pieces)}</p>
      {said.length > 0 ? <p className={styles.note}>{said.join(' ')}</p> : null}
    </div>
  )
}
