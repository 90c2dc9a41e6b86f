import { useTranslations } from 'use-intl'
import { useConnection } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { formatCount } from '../../../ui/format'
import { sendAgainState } from './sendAgain'

/** Asks before several messages are sent again. */
export function SendAgainDialog() {
  const t = useTranslations('log.sendAgain')
  const asked = useConnection(sendAgainState, (state) => state.asked)
  const confirm = useConnection(sendAgainState, (state) => state.confirm)
  const cancel = useConnection(sendAgainState, (state) => state.cancel)
  if (!asked) return null
  const { sequences, notWhole } = asked
  const count = formatCount(sequences.length)
  return (
    <Dialog
      title={t('title', { count })}
      open
      size="small"
      onClose={cancel}
      footer={
        <>
          <Button onClick={cancel}>{t('cancel')}</Button>
          <Button variant="primary" disabled={sequences.length === 0} onClick={confirm}>
            {t('send', { count })}
          </Button>
        </>
      }
    >
      <p>{t('text')}</p>
      {notWhole > 0 ? <p>{t('notWhole', { count: notWhole })}</p> : null}
    </Dialog>
  )
}
