import { useTranslations } from 'use-intl'
import type { DeviceState } from '#shared/model/device'
import { visibleName } from '#shared/text/visibleText'
import { useErrorText } from '../../../i18n/useErrorText'
import { formatCount } from '../../../ui/format'
import { VisibleName } from '../../../ui/VisibleText'
import styles from './devices.module.css'

interface TableProps {
  /** Of the definition. */
  readonly name: string
  readonly devices: readonly DeviceState[]
}

const counted = ['sent', 'commands', 'answers', 'skipped'] as const

/** What each device of a definition does, or did. */
export function DeviceTable({ name, devices }: TableProps) {
  const t = useTranslations('devices')
  return (
    <table aria-label={t('table.label', { name: visibleName(name) })} className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('table.clientId')}</th>
          <th scope="col">{t('table.state')}</th>
          {counted.map((one) => (
            <th key={one} scope="col" className={styles.number}>
              {t(`table.${one}`)}
            </th>
          ))}
          <th scope="col">{t('table.error')}</th>
        </tr>
      </thead>
      <tbody>
        {devices.map((device) => (
          <DeviceRow key={device.number} device={device} />
        ))}
      </tbody>
    </table>
  )
}

function DeviceRow({ device }: { readonly device: DeviceState }) {
  const t = useTranslations('devices')
  const errorText = useErrorText()
  const { clientId, phase, lastError } = device
  return (
    <tr data-phase={phase}>
      <th scope="row">
        <VisibleName text={clientId} mostPieces={4} />
      </th>
      <td className={styles.phase} data-phase={phase}>
        {t(`phases.${phase}`)}
      </td>
      {counted.map((one) => (
        <td key={one} className={styles.number} data-number={one}>
          {formatCount(device[one])}
        </td>
      ))}
      <td className={styles.error}>{lastError ? errorText(lastError) : '–'}</td>
    </tr>
  )
}
