import { useTranslations } from 'use-intl'
import type { DeviceDefinition } from '#shared/model/device'
import { visibleName } from '#shared/text/visibleText'
import { useEntry } from '../../../state/useEntry'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { formatCount } from '../../../ui/format'
import { VisibleText } from '../../../ui/VisibleText'
import { useDeviceWords } from './deviceWords'
import styles from './devices.module.css'

interface DialogProps {
  readonly definition: DeviceDefinition
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks before devices start where others depend on what is sent. */
export function StartDevicesDialog({ definition, onConfirm, onClose }: DialogProps) {
  const t = useTranslations('devices')
  const profile = useEntry()?.profile
  const { name, description } = useDeviceWords()(definition)
  const count = definition.devices
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
            {t('start')}
          </Button>
        </>
      }
    >
      <p>{t('confirmWhere', { name: visibleName(profile?.name ?? ''), host: visibleName(profile?.host ?? '') })}</p>
      <p className={styles.name}>
        <VisibleText text={name} /> · {t('count', { count, number: formatCount(count) })}
      </p>
      <p className={styles.asked}>
        <VisibleText text={description} />
      </p>
    </Dialog>
  )
}
