import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import type { AppError } from '#shared/result'
import { useErrorText } from '../../i18n/useErrorText'
import type { Connection } from '../../state/app'
import { dialogsState, selectDialog } from '../../state/dialogs'
import { noticesState } from '../../state/notices'
import { selectSessionState, sessionState } from '../../state/session'
import { useApp } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { VisibleName } from '../../ui/VisibleText'
import styles from './publish.module.css'

/** Asks before a retained message is removed from the broker, and names the topic. */
export function ClearRetainedDialog() {
  const asked = useApp(dialogsState, selectDialog('clearRetained'))
  return asked ? <Question key={asked.topic} topic={asked.topic} /> : null
}

function Question({ topic }: { readonly topic: string }) {
  const t = useTranslations('publish')
  const errorText = useErrorText()
  const connection = useConnectionObject()
  const close = useApp(dialogsState, (state) => state.close)
  const showNotice = useApp(noticesState, (state) => state.show)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const handleConfirm = async () => {
    const dialogs = () => connection.app.get(dialogsState)
    const { shown } = dialogs()
    setBusy(true)
    const problem = await clearRetained(connection, topic)
    setBusy(false)
    if (problem) {
      setError(errorText(problem))
      return
    }
    if (dialogs().shown === shown) close()
    showNotice({ text: t('retainedCleared', { topic: visibleName(topic) }) })
  }
  return (
    <Dialog
      title={t('clearRetainedTitle')}
      size="small"
      open
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t('cancel')}</Button>
          <Button variant="danger" disabled={busy} onClick={() => void handleConfirm()}>
            {t('clearRetained')}
          </Button>
        </>
      }
    >
      <p>{t('clearRetainedQuestion')}</p>
      <p className={styles.askedTopic}>
        <VisibleName text={topic} />
      </p>
      {error ? (
        <p role="alert" className={styles.problem}>
          {error}
        </p>
      ) : null}
    </Dialog>
  )
}

/** Answers null when the broker took it. */
const clearRetained = async (connection: Connection, topic: string): Promise<AppError | null> => {
  const state = selectSessionState(connection.get(sessionState))
  // QoS 1 tells whether it arrived; a server may allow less (MQTT 5 §3.2.2.3.4).
  const qos = state.phase === 'online' && state.limits.maximumQos === 0 ? 0 : 1
  // §3.3.1.3: a retained message without payload removes the one the server holds.
  const message = { topic, payload: new Uint8Array(), qos, retain: true, properties: {} } as const
  const result = await connection.app.api.invoke('message.publish', { connectionId: connection.id, ...message })
  return result.ok ? null : result.error
}
