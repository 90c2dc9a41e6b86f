import { useState, type ComponentType } from 'react'
import { useTranslations } from 'use-intl'
import { deviceSchema, type DeviceDefinition } from '#shared/model/device'
import { useApp } from '../../../../state/useApp'
import { Button } from '../../../../ui/Button'
import { Dialog } from '../../../../ui/Dialog'
import { ViewSwitch } from '../../../../ui/ViewSwitch'
import { devicesState } from '../devicesState'
import {
  BirthsPart,
  CommandsPart,
  DeathsPart,
  GeneralPart,
  TelemetryPart,
  VariablesPart,
  type PartProps,
} from './deviceParts'
import styles from './form.module.css'
import { PreviewPart } from './PreviewPart'
import { usePlaceWords } from './usePlaceWords'

interface DialogProps {
  readonly definition: DeviceDefinition
  readonly onClose: () => void
}

const parts = {
  general: GeneralPart,
  variables: VariablesPart,
  births: BirthsPart,
  telemetry: TelemetryPart,
  commands: CommandsPart,
  deaths: DeathsPart,
  preview: PreviewPart,
} as const satisfies Readonly<Record<string, ComponentType<PartProps>>>
type PartName = keyof typeof parts
const partNames = Object.keys(parts) as PartName[]

/** Writes a definition, a part of it at a time. */
export function DeviceDialog({ definition, onClose }: DialogProps) {
  const t = useTranslations('devices')
  const placeWords = usePlaceWords()
  const isKnown = useApp(devicesState, ({ own }) => own.some(({ id }) => id === definition.id))
  const put = useApp(devicesState, (state) => state.put)
  const [device, setDevice] = useState(definition)
  const [part, showPart] = useState<PartName>('general')
  const [wrong, setWrong] = useState<{ readonly part: string; readonly place: string } | null>(null)
  const Part = parts[part]
  const save = () => {
    const read = deviceSchema.safeParse(device)
    if (!read.success) {
      setWrong(placeWords(read.error.issues[0]?.path ?? []))
      return
    }
    put(read.data)
    onClose()
  }
  return (
    <Dialog
      title={t(isKnown ? 'editTitle' : 'newTitle')}
      size="broad"
      open
      onClose={onClose}
      footer={
        <>
          {wrong ? (
            <p role="alert" className={styles.problem}>
              {t('invalid', wrong)}
            </p>
          ) : null}
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="primary" onClick={save}>
            {t('save')}
          </Button>
        </>
      }
    >
      <div role="group" aria-label={t('form')} className={styles.form}>
        <ViewSwitch
          label={t('part')}
          value={part}
          options={partNames.map((value) => ({ value, label: t(`parts.${value}`) }))}
          onChange={showPart}
        />
        {part === 'general' || part === 'preview' ? null : <p className={styles.hint}>{t(`hints.${part}`)}</p>}
        <Part key={part} device={device} change={(changed) => setDevice((known) => ({ ...known, ...changed }))} />
      </div>
    </Dialog>
  )
}
