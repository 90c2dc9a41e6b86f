import { Plus, SlidersHorizontal } from 'lucide-react'
import { useState, type ClipboardEvent, type SyntheticEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { Qos } from '#shared/model/qos'
import { defaultSubscriptionOptions, type SubscriptionOptions } from '#shared/model/subscription'
import { useFieldFocus } from '../../state/focus'
import { subscribeFieldState } from '../../state/subscribeField'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { useProtocolVersion } from '../../state/useEntry'
import { Button } from '../../ui/Button'
import { IconButton } from '../../ui/IconButton'
import { SubscriptionOptionFields } from '../../mqttUi/SubscriptionOptionFields'
import { markedProblem } from '../../mqttUi/markedProblem'
import { FailedFilters } from './FailedFilters'
import { FilterField } from './FilterField'
import { QosField } from '../../mqttUi/QosField'
import { pastedLines, type PastedLine } from './paste/pastedFilters'
import { PastedFilters } from './paste/PastedFilters'
import styles from './subscriptions.module.css'

interface SubscribeFormProps {
  /** Whether remarks stand below the field now. */
  readonly onRemarks: (isShown: boolean) => void
}

export function SubscribeForm({ onRemarks }: SubscribeFormProps) {
  const t = useTranslations('subscriptions')
  const connection = useConnectionObject()
  const filter = useConnection(subscribeFieldState, (state) => state.draft)
  const [qos, setQos] = useState<Qos>(0)
  const [options, setOptions] = useState<SubscriptionOptions | null>(null)
  const isMqtt5 = useProtocolVersion() === '5'
  const [submitted, setSubmitted] = useState(false)
  const [pasted, setPasted] = useState<readonly PastedLine[] | null>(null)
  const input = useFieldFocus('subscribe')

  const marked = markedProblem(filter)
  const shown = marked && (submitted || !marked.unfinished) ? marked : null
  const change = (text: string) => {
    setSubmitted(false)
    connection.get(subscribeFieldState).type(text)
  }
  /** Several lines are several filters; one goes into the field as usual. */
  const paste = (event: ClipboardEvent) => {
    const lines = pastedLines(event.clipboardData.getData('text/plain'))
    if (!lines) return
    event.preventDefault()
    setPasted(lines)
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setSubmitted(marked !== null)
    if (marked) input.current?.focus()
    else void connection.get(subscribeFieldState).submit({ filter, qos, ...(isMqtt5 && options && { options }) })
  }
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <div className={styles.formRow}>
        <FilterField
          value={filter}
          onChange={change}
          onPaste={paste}
          marked={shown}
          hideLabel
          onRemarks={onRemarks}
          inputRef={input}
        />
        <QosField label={t('qos')} hideLabel wording="name" value={qos} onChange={setQos} />
        {isMqtt5 && (filter !== '' || options) ? (
          <IconButton
            label={t('options.title')}
            icon={<SlidersHorizontal size={14} />}
            aria-expanded={options !== null}
            onClick={() => setOptions(options ? null : defaultSubscriptionOptions)}
          />
        ) : null}
        <Button type="submit" variant="primary" title={t('subscribe')} icon={<Plus size={14} aria-hidden />}>
          <span className={styles.subscribe}>{t('subscribe')}</span>
        </Button>
      </div>
      {isMqtt5 && options ? (
        <div role="group" aria-label={t('options.title')} className={styles.firstOptions}>
          <SubscriptionOptionFields subscription={{ filter, options }} disabled={false} onChange={setOptions} />
        </div>
      ) : null}
      <FailedFilters />
      {pasted ? <PastedFilters lines={pasted} qos={qos} onClose={() => setPasted(null)} /> : null}
    </form>
  )
}
