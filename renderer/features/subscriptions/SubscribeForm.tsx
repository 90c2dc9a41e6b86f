import { useState, type SyntheticEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { Qos } from '#shared/model/qos'
import { ActionButton } from '../../actions/ActionButton'
import { useFieldFocus } from '../../state/focus'
import { subscribeFieldState } from '../../state/subscribeField'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { Button } from '../../ui/Button'
import { markedProblem } from '../../mqttUi/markedProblem'
import { FailedFilters } from './FailedFilters'
import { FilterField } from './FilterField'
import { QosField } from '../../mqttUi/QosField'
import styles from './subscriptions.module.css'

export function SubscribeForm() {
  const t = useTranslations('subscriptions')
  const connection = useConnectionObject()
  const filter = useConnection(subscribeFieldState, (state) => state.draft)
  const [qos, setQos] = useState<Qos>(0)
  const [submitted, setSubmitted] = useState(false)
  const input = useFieldFocus('subscribe')

  const marked = markedProblem(filter)
  const shown = marked && (submitted || !marked.unfinished) ? marked : null
  const change = (text: string) => {
    setSubmitted(false)
    connection.get(subscribeFieldState).type(text)
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setSubmitted(marked !== null)
    if (marked) input.current?.focus()
    else void connection.get(subscribeFieldState).submit({ filter, qos })
  }
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <div className={styles.formRow}>
        <FilterField value={filter} onChange={change} marked={shown} hideLabel inputRef={input} />
        <QosField label={t('qos')} hideLabel wording="name" value={qos} onChange={setQos} />
        <Button type="submit" variant="primary">
          {t('subscribe')}
        </Button>
        <ActionButton
          id="connection.coverage"
          on="connection"
          subject={connection}
          iconSize={16}
          className={styles.coverage}
        />
      </div>
      <FailedFilters />
    </form>
  )
}
