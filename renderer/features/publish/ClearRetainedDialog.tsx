import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useErrorText } from '../../i18n/useErrorText'
import { useApp } from '../../store/useApp'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { visibleName } from '#shared/text/visibleText'
import { VisibleName } from '../../ui/VisibleText'
import type { RetainedToClear } from './publishSlice'
import styles from './publish.module.css'

function Question({ asked }: { readonly asked: RetainedToClear }) {
  const t = useTranslations('publish')
  const errorText = useErrorText()
  const cancel = useApp((state) => state.cancelClearRetained)
  const confirm = useApp((state) => state.confirmClearRetained)
  const showNotice = useApp((state) => state.showNotice)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const handleConfirm = async () => {
    setBusy(true)
    const problem = await confirm()
    setBusy(false)
    if (problem) setError(errorText(problem))
    else showNotice({ text: t('retainedCleared', { topic: visibleName(asked.topic) }) })
  }
  return (
    <Dialog
      title={t('clearRetainedTitle')}
      size="small"
      open
      onClose={cancel}
      footer={
        <>
          <Button onClick={cancel}>{t('cancel')}</Button>
          <Button variant="danger" disabled={busy} onClick={() => void handleConfirm()}>
            {t('clearRetained')}
          </Button>
        </>
      }
    >
      <p>{t('clearRetainedQuestion')}</p>
      <p className={styles.askedTopic}>
        <VisibleName text={asked.topic} />
      </p>
      {error ? (
        <p role="alert" className={styles.problem}>
          {error}
        </p>
      ) : null}
    </Dialog>
  )
}

/** Asks before a retained message is removed from the broker, and names the topic. */
export function ClearRetainedDialog() {
  const asked = useApp((state) => state.retainedToClear)
  return asked ? <Question key={`${asked.connectionId} ${asked.topic}`} asked={asked} /> : null
}
