import { useId, useState, type SyntheticEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { Subscription, SubscriptionStatus } from '#shared/model/subscription'
import { parseFilter, topicFilterProblem } from '#shared/mqtt/topicFilter'
import { visibleName } from '#shared/text/visibleText'
import { useErrorText } from '../../i18n/useErrorText'
import { subscriptionsState } from '../../state/subscriptions'
import { useConnection } from '../../state/useConnection'
import { useProtocolVersion } from '../../state/useEntry'
import { useSubscriptionList } from '../../state/useSubscriptions'
import { Button } from '../../ui/Button'
import { ColourPicker } from '../../ui/ColourPicker'
import { Dialog } from '../../ui/Dialog'
import { TextField } from '../../ui/fields'
import { markedProblem } from '../../mqttUi/markedProblem'
import { FilterField } from './FilterField'
import { OptionsFields } from './OptionsFields'
import { QosField } from '../../mqttUi/QosField'
import styles from './subscriptions.module.css'

/** Edits the subscription that a view other than the pane asks for; stands inside that view. */
export function SubscriptionEditor() {
  const editedId = useConnection(subscriptionsState, (state) => state.editedId)
  const endEdit = useConnection(subscriptionsState, (state) => state.endEdit)
  const list = useSubscriptionList()
  const edited = list.find(({ subscription }) => subscription.id === editedId)?.subscription
  if (!edited) return null
  return <SubscriptionDialog key={edited.id} subscription={edited} list={list} onClose={endEdit} />
}

interface SubscriptionDialogProps {
  readonly subscription: Subscription
  readonly list: readonly SubscriptionStatus[]
  readonly onClose: () => void
}

/** Edits one subscription. Nothing is sent before it is valid and saved. */
export function SubscriptionDialog({ subscription, list, onClose }: SubscriptionDialogProps) {
  const t = useTranslations('subscriptions')
  const errorText = useErrorText()
  const formId = useId()
  const changeSubscription = useConnection(subscriptionsState, (state) => state.change)
  const [draft, setDraft] = useState(subscription)
  const [refusal, setRefusal] = useState<string | null>(null)
  const marked = markedProblem(draft.filter)
  const twin = list.some(({ subscription: other }) => other.id !== draft.id && other.filter === draft.filter)
  const change = (changed: Partial<Subscription>) => {
    setRefusal(null)
    setDraft({ ...draft, ...changed })
  }
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (marked) return
    if (twin) {
      setRefusal(t('twin'))
      return
    }
    const result = await changeSubscription({ ...draft, alias: draft.alias.trim() })
    if (result.ok) onClose()
    else setRefusal(errorText(result.error))
  }
  const footer = (
    <>
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button type="submit" form={formId} variant="primary">
        {t('save')}
      </Button>
    </>
  )
  return (
    <Dialog title={t('editTitle')} open onClose={onClose} footer={footer} size="small">
      <form id={formId} className={styles.dialogForm} noValidate onSubmit={(event) => void submit(event)}>
        <FilterField value={draft.filter} onChange={(filter) => change({ filter })} marked={marked} />
        <SharedFilterNote filter={draft.filter} />
        <QosField label={t('qos')} wording="name" value={draft.qos} onChange={(qos) => change({ qos })} />
        <TextField
          label={t('alias')}
          hint={t('aliasHint')}
          maxLength={200}
          value={draft.alias}
          onChange={(alias) => change({ alias })}
        />
        <ColourPicker label={t('colour')} value={draft.colour} onChange={(colour) => change({ colour })} />
        <OptionsFields saved={subscription} draft={draft} onChange={change} />
        {refusal === null ? null : (
          <p role="alert" className={styles.problem}>
            {refusal}
          </p>
        )}
      </form>
    </Dialog>
  )
}

/** What a `$share` filter means (MQTT 5 §4.8.2); nothing for other filters. */
function SharedFilterNote({ filter }: { readonly filter: string }) {
  const t = useTranslations('subscriptions')
  const version = useProtocolVersion()
  const { shareName, filter: shared } = parseFilter(filter)
  if (shareName === null || topicFilterProblem(filter)) return null
  return (
    <p className={styles.note}>
      {t('sharedFilter', { filter: visibleName(shared), group: visibleName(shareName) })}
      {version === '5' ? null : ` ${t('sharedByExtension', { version })}`}
    </p>
  )
}
