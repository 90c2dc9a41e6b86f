import { Copy, FileUp, Pencil, Trash2 } from 'lucide-react'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import type { DeviceDefinition } from '#shared/model/device'
import { visibleLine } from '#shared/text/visibleLine'
import { selectIsOnline, sessionState } from '../../../state/session'
import { useApp } from '../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { formatCount } from '../../../ui/format'
import { IconButton } from '../../../ui/IconButton'
import { VisibleText } from '../../../ui/VisibleText'
import { DeviceTable } from './DeviceTable'
import { useDeviceWords } from './deviceWords'
import styles from './devices.module.css'
import { devicesState, selectDevices } from './devicesState'

export interface DefinitionVerbs {
  /** Starts it unasked. */
  run(definition: DeviceDefinition): Promise<void>
  start(definition: DeviceDefinition): void
  stop(definition: DeviceDefinition): void
  edit(definition: DeviceDefinition): void
  copy(definition: DeviceDefinition): void
  exportFile(definition: DeviceDefinition): void
  remove(definition: DeviceDefinition): void
}

interface RowProps {
  readonly definition: DeviceDefinition
  /** It comes with the application, and cannot be changed. */
  readonly isDelivered: boolean
  readonly verbs: DefinitionVerbs
}

/** A definition with what can be done with it, and below it the devices that it runs as. */
export function DefinitionRow({ definition, isDelivered, verbs }: RowProps) {
  const t = useTranslations('devices')
  const nameId = useId()
  const { id: connectionId } = useConnectionObject()
  const online = useConnection(sessionState, selectIsOnline)
  const status = useApp(devicesState, selectDevices({ connectionId, deviceId: definition.id }))
  const isRunning = status?.isRunning ?? false
  const { name, description } = useDeviceWords()(definition)
  const sent = status?.devices.reduce((sum, device) => sum + device.sent, 0) ?? 0
  const described = { 'aria-describedby': nameId }
  return (
    <div
      role="listitem"
      aria-labelledby={nameId}
      className={styles.row}
      data-device={definition.id}
      data-running={isRunning}
      data-sent={sent}
    >
      <div className={styles.head}>
        <span className={styles.dot} data-running={isRunning} aria-hidden />
        <span className={styles.title}>
          <span id={nameId} className={styles.name}>
            <VisibleText text={name} />
          </span>
          {isDelivered ? (
            <span className={styles.chip} title={t('delivered.hint')}>
              {t('delivered.label')}
            </span>
          ) : null}
          <span className={styles.state}>
            {isRunning ? t('running') : status ? t('notRunning') : null}
            {definition.devices > 1 || isRunning ? (
              <span className={styles.count}>
                {t('count', { count: definition.devices, number: formatCount(definition.devices) })}
              </span>
            ) : null}
          </span>
        </span>
        <div className={styles.actions}>
          <Button
            disabled={!isRunning && !online}
            onClick={() => verbs[isRunning ? 'stop' : 'start'](definition)}
            {...described}
          >
            {t(isRunning ? 'stop' : 'start')}
          </Button>
          {isDelivered ? null : (
            <IconButton
              label={t('edit')}
              icon={<Pencil size={14} />}
              onClick={() => verbs.edit(definition)}
              {...described}
            />
          )}
          <IconButton
            label={t('copy')}
            icon={<Copy size={14} />}
            onClick={() => verbs.copy(definition)}
            {...described}
          />
          <IconButton
            label={t('export')}
            icon={<FileUp size={14} />}
            onClick={() => verbs.exportFile(definition)}
            {...described}
          />
          {isDelivered ? null : (
            <IconButton
              label={t('remove')}
              icon={<Trash2 size={14} />}
              onClick={() => verbs.remove(definition)}
              {...described}
            />
          )}
        </div>
      </div>
      {description === '' ? null : (
        <p className={styles.description} title={visibleLine(description, 2_000)}>
          <VisibleText text={description} />
        </p>
      )}
      {status ? <DeviceTable name={name} devices={status.devices} /> : null}
    </div>
  )
}
