import { useTranslations } from 'use-intl'
import type { Script } from '#shared/model/script'
import { visibleName } from '#shared/text/visibleText'
import { useEntry } from '../../state/useEntry'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { formatCount } from '../../ui/format'

interface DialogProps {
  readonly script: Script
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks before a script runs where others depend on what is sent. */
export function RunScriptDialog({ script, onConfirm, onClose }: DialogProps) {
  const t = useTranslations('scripts')
  const profile = useEntry()?.profile
  const { name, filter, perSecond } = script
  const confirm = () => {
    onConfirm()
    onClose()
  }
  return (
    <Dialog
      title={t('confirmTitle')}
      size="small"
      open
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="danger" onClick={confirm}>
            {t('run')}
          </Button>
        </>
      }
    >
      <p>{t('confirmWhere', { name: visibleName(profile?.name ?? ''), host: visibleName(profile?.host ?? '') })}</p>
      <p>
        <strong>{visibleName(name)}</strong>
      </p>
      <p>{t('confirmWhat', { filter: visibleName(filter), perSecond: formatCount(perSecond) })}</p>
    </Dialog>
  )
}
