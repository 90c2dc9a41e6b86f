import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { MeterRequest } from '#shared/model/meter'
import type { SenderPlan } from '#shared/model/sender'
import { visibleName } from '#shared/text/visibleText'
import type { AppError } from '#shared/result'
import { useErrorText } from '../../../i18n/useErrorText'
import { dialogsState, selectDialog } from '../../../state/dialogs'
import { useApp } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'
import { useEntry } from '../../../state/useEntry'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { metersState } from '../meter/metersState'
import { usePlanSentence } from './plan/usePlanSentence'
import styles from './senders.module.css'
import { runPlan } from './startPlan'

/** Asks before a sender starts where others depend on what is sent: what, how fast, how long and where. */
export function StartSenderDialog() {
  const asked = useApp(dialogsState, selectDialog('startSender'))
  return asked ? <Question key={asked.plan.id} plan={asked.plan} meter={asked.meter} /> : null
}

interface QuestionProps {
  readonly plan: SenderPlan
  readonly meter: MeterRequest | undefined
}

function Question({ plan, meter }: QuestionProps) {
  const t = useTranslations('senders')
  const errorText = useErrorText()
  const sentence = usePlanSentence()
  const connection = useConnectionObject()
  const profile = useEntry()?.profile
  const close = useApp(dialogsState, (state) => state.close)
  const [error, setError] = useState<AppError | null>(null)
  const confirm = async () => {
    const result = meter ? await connection.app.get(metersState).start(meter) : await runPlan(connection, plan)
    if (result.ok) close()
    else setError(result.error)
  }
  const where = profile ? { name: visibleName(profile.name), host: visibleName(profile.host) } : { name: '', host: '' }
  return (
    <Dialog
      title={t('confirmTitle')}
      size="small"
      open
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t('cancel')}</Button>
          <Button variant="danger" onClick={() => void confirm()}>
            {t('start')}
          </Button>
        </>
      }
    >
      <p>{t('confirmWhere', where)}</p>
      <p className={styles.asked}>{sentence(plan)}</p>
      {error ? (
        <p role="alert" className={styles.problem}>
          {errorText(error)}
        </p>
      ) : null}
    </Dialog>
  )
}
