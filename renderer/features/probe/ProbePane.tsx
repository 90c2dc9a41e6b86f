import { Crosshair, X } from 'lucide-react'
import { memo, useId, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { explainFilter, type FilterExplanation } from '#shared/mqtt/filterExplanation'
import { useFieldFocus } from '../../state/focus'
import { probeState } from '../../state/probe'
import { useConnection } from '../../state/useConnection'
import { TextField } from '../../ui/fields'
import { FilterProblemNote } from '../../mqttUi/FilterProblemNote'
import { HiddenNote } from '../../ui/HiddenNote'
import { IconButton } from '../../ui/IconButton'
import { keyOf } from '../../ui/keyOf'
import { markedProblem, type MarkedProblem } from '../../mqttUi/markedProblem'
import { useLandmarkName } from '../../state/useLandmarkName'
import { AgainstTopic } from './AgainstTopic'
import { FilterChips } from './FilterChips'
import { FilterSentences } from './FilterSentences'
import { ProbeActions } from './ProbeActions'
import { ProbeCounts } from './ProbeCounts'
import styles from './probe.module.css'
import { useProbing } from './useProbing'

/** Any filter held against the topics of a connection, subscribed or not: what it means, what it matches, and why not. */
export const ProbePane = memo(function ProbePane() {
  const t = useTranslations('probe')
  const landmark = useLandmarkName(t('region'))
  const noteId = useId()
  const filter = useConnection(probeState, (state) => state.filter)
  const explanation = explainFilter(filter)
  const marked = filter === '' ? null : markedProblem(filter)
  return (
    <section aria-label={landmark} className={styles.pane}>
      <Probing />
      <ProbeField filter={filter} noteId={noteId} marked={marked} />
      {marked ? null : <HiddenNote id={noteId} text={filter} />}
      {filter === '' ? null : <Details {...{ filter, explanation, noteId, marked }} />}
    </section>
  )
})

/** Draws nothing: batches come to it and not to the pane. */
function Probing() {
  useProbing()
  return null
}

interface FieldProps {
  readonly filter: string
  /** Where the filter's problem is told. */
  readonly noteId: string
  readonly marked: MarkedProblem | null
}

function ProbeField({ filter, noteId, marked }: FieldProps) {
  const t = useTranslations('probe')
  const probe = useConnection(probeState, (state) => state.probe)
  const input = useFieldFocus('probe')
  const clear = () => {
    probe('')
    input.current?.focus()
  }
  const handleKey = (event: KeyboardEvent) => {
    if (keyOf(event) === 'Escape') clear()
  }
  return (
    <div className={styles.fieldRow}>
      <Crosshair size={14} aria-hidden className={styles.icon} />
      <div className={styles.field}>
        <TextField
          label={t('field')}
          hideLabel
          mono={filter !== ''}
          placeholder={t('placeholder')}
          value={filter}
          onChange={probe}
          onKeyDown={handleKey}
          inputRef={input}
          suffix={filter === '' ? null : <IconButton label={t('clear')} icon={<X size={14} />} onClick={clear} />}
          aria-describedby={noteId}
          {...(marked ? { 'aria-invalid': !marked.unfinished } : {})}
        />
      </div>
    </div>
  )
}

interface DetailsProps {
  readonly filter: string
  readonly explanation: FilterExplanation
  readonly noteId: string
  readonly marked: MarkedProblem | null
}

function Details({ filter, explanation, noteId, marked }: DetailsProps) {
  const isUnfinished = marked?.unfinished === true
  return (
    <div className={styles.details}>
      <FilterChips parts={explanation.parts} isUnfinished={isUnfinished} />
      {explanation.problem ? (
        marked && <FilterProblemNote id={noteId} marked={marked} isHint={isUnfinished} />
      ) : (
        <>
          <FilterSentences filter={filter} description={explanation.description} />
          <ProbeCounts filter={filter} />
          <ProbeActions filter={filter} />
          <AgainstTopic filter={filter} />
        </>
      )}
    </div>
  )
}
