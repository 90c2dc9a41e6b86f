import { Layers } from 'lucide-react'
import { useState, type SyntheticEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { Qos } from '#shared/model/qos'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { useErrorText } from '../../i18n/useErrorText'
import { useApp } from '../../store/useApp'
import { useFieldFocus } from '../../store/useFieldFocus'
import { Button } from '../../ui/Button'
import { IconButton } from '../../ui/IconButton'
import { markedProblem } from '../../ui/markedProblem'
import { FilterField } from './FilterField'
import { QosField } from './QosField'
import { subscriptionFor } from './subscriptionSelectors'
import styles from './subscriptions.module.css'

interface SubscribeFormProps {
  readonly connectionId: string
  readonly list: readonly SubscriptionStatus[]
}

export function SubscribeForm({ connectionId, list }: SubscribeFormProps) {
  const t = useTranslations('subscriptions')
  const errorText = useErrorText()
  const filter = useApp((state) => state.filterDrafts[connectionId] ?? '')
  const changeFilterDraft = useApp((state) => state.changeFilterDraft)
  const saveSubscription = useApp((state) => state.saveSubscription)
  const showCoverage = useApp((state) => state.showCoverage)
  const [qos, setQos] = useState<Qos>(0)
  const [submitted, setSubmitted] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const input = useFieldFocus('subscribe')

  const marked = markedProblem(filter)
  const shown = marked && (submitted || !marked.unfinished) ? marked : null
  const change = (text: string) => {
    setSubmitted(false)
    setRefusal(null)
    changeFilterDraft(connectionId, text)
  }
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    setSubmitted(true)
    if (marked) return input.current?.focus()
    const error = await saveSubscription(
      connectionId,
      subscriptionFor({ filter, qos }, list, () => crypto.randomUUID()),
    )
    if (error) {
      setRefusal(errorText(error))
      return
    }
    change('')
  }
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
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
      {refusal === null ? null : (
        <p role="alert" className={styles.problem}>
          {refusal}
        </p>
      )}
    </form>
  )
}
