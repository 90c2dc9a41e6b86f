import { FileDown, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { DeviceDefinition } from '#shared/model/device'
import { visibleName } from '#shared/text/visibleText'
import { ActionButton } from '../../../actions/ActionButton'
import { noticesState } from '../../../state/notices'
import { useApp, useAppObject } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'
import { useLandmarkName } from '../../../state/useLandmarkName'
import { Button } from '../../../ui/Button'
import { SendTarget } from '../sending/SendTarget'
import { isProduction } from '../senders/startPlan'
import { DefinitionRow, type DefinitionVerbs } from './DefinitionRow'
import { useDeviceWords } from './deviceWords'
import styles from './devices.module.css'
import { devicesState } from './devicesState'
import { DeviceDialog } from './form/DeviceDialog'
import { newDefinition } from './newDefinition'
import { StartDevicesDialog } from './StartDevicesDialog'
import { useDeviceFiles } from './useDeviceFiles'

/** Simulated devices: the definitions that there are, and what those do that run on this connection. */
export function DevicesPane() {
  const t = useTranslations('devices')
  const landmark = useLandmarkName(t('region'))
  const app = useAppObject()
  const { delivered, own } = useApp(devicesState, (state) => state)
  const { importFile } = useDeviceFiles()
  const [written, write] = useState<DeviceDefinition | null>(null)
  const [asked, ask] = useState<DeviceDefinition | null>(null)
  const verbs = useDefinitionVerbs({ write, ask })
  return (
    <section aria-label={landmark} className={styles.pane}>
      <div className={styles.bar}>
        <SendTarget />
        <span className={styles.gap} />
        <ActionButton id="sender.stopAll" on="window" subject={app} variant="plain" />
        <Button variant="plain" icon={<FileDown size={14} aria-hidden />} onClick={() => void importFile()}>
          {t('import')}
        </Button>
        <Button
          variant="plain"
          icon={<Plus size={14} aria-hidden />}
          onClick={() => write(newDefinition(t('newName')))}
        >
          {t('new')}
        </Button>
      </div>
      <div role="list" aria-label={t('list')} className={styles.list}>
        {own.map((definition) => (
          <DefinitionRow key={definition.id} definition={definition} isDelivered={false} verbs={verbs} />
        ))}
        {delivered.map((definition) => (
          <DefinitionRow key={definition.id} definition={definition} isDelivered verbs={verbs} />
        ))}
      </div>
      {written ? <DeviceDialog key={written.id} definition={written} onClose={() => write(null)} /> : null}
      {asked ? (
        <StartDevicesDialog definition={asked} onConfirm={() => void verbs.run(asked)} onClose={() => ask(null)} />
      ) : null}
    </section>
  )
}

type Show = (definition: DeviceDefinition | null) => void

const useDefinitionVerbs = ({ write, ask }: { readonly write: Show; readonly ask: Show }): DefinitionVerbs => {
  const t = useTranslations('devices')
  const app = useAppObject()
  const connection = useConnectionObject()
  const wordsOf = useDeviceWords()
  const { exportFile } = useDeviceFiles()
  const devices = () => app.get(devicesState)
  const keyOf = ({ id }: DeviceDefinition) => ({ connectionId: connection.id, deviceId: id })
  const run = async (definition: DeviceDefinition) => {
    const started = await devices().start(keyOf(definition))
    if (!started.ok) app.get(noticesState).showError(started.error)
  }
  return {
    run,
    // Where others depend on the connection, a person is asked first.
    start: (definition) => (isProduction(connection) ? ask(definition) : void run(definition)),
    stop: (definition) => devices().stop(keyOf(definition)),
    edit: write,
    copy: (definition) => {
      const { name, description } = wordsOf(definition)
      write({ ...definition, id: crypto.randomUUID(), name: t('copyName', { name }).slice(0, 200), description })
    },
    exportFile: (definition) => void exportFile({ ...definition, ...wordsOf(definition) }),
    remove: (definition) => {
      devices().stop(keyOf(definition))
      devices().remove(definition.id)
      app.get(noticesState).show({
        text: t('removed', { name: visibleName(definition.name) }),
        action: { label: { key: 'publish.undo' }, run: () => devices().put(definition) },
      })
    },
  }
}
