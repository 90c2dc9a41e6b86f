import { Layers } from 'lucide-react'
import { useState, type SyntheticEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { Qos } from '#shared/model/qos'
import { useApp } from '../../store/useApp'
import { useFieldFocus } from '../../store/useFieldFocus'
import { Button } from '../../ui/Button'
import { IconButton } from '../../ui/IconButton'
import { markedProblem } from '../../mqttUi/markedProblem'
import { FailedFilters } from './FailedFilters'
import { FilterField } from './FilterField'
import { QosField } from '../../mqttUi/QosField'
import styles from './subscriptions.module.css'

export function SubscribeForm({ connectionId }: { readonly connectionId: string }) {
  const t = useTranslations('subscriptions')
  const filter = useApp((state) => state.filterDrafts[connectionId] ?? '')
  const changeFilterDraft = useApp((state) => state.changeFilterDraft)
  const submitFilter = useApp((state) => state.submitFilter)
  const showCoverage = useApp((state) => state.showCoverage)
  const [qos, setQos] = useState<Qos>(0)
  const [submitted, setSubmitted] = useState(false)
  const input = useFieldFocus('subscribe')

  const marked = markedProblem(filter)
  const shown = marked && (submitted || !marked.unfinished) ? marked : null
  const change = (text: string) => {
    setSubmitted(false)
    changeFilterDraft(connectionId, text)
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setSubmitted(marked !== null)
    if (marked) input.current?.focus()
    else void submitFilter(connectionId, { filter, qos })
  }
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <div className={styles.formRow}>
        <FilterField value={filter} onChange={change} marked={shown} hideLabel inputRef={input} />
        <QosField value={qos} onChange={setQos} hideLabel />
        <Button type="submit" variant="primary">
          {t('subscribe')}
        </Button>
        <IconButton
          label={t('coverage')}
          icon={<Layers size={16} />}
          className={styles.coverage}
          onClick={() => showCoverage(connectionId)}
        />
      </div>
      <FailedFilters connectionId={connectionId} />
    </form>
  )
}
