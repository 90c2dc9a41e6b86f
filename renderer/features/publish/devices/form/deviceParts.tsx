import { useTranslations } from 'use-intl'
import { deviceLimits, type DeviceCommand, type DeviceDefinition, type DeviceTelemetry } from '#shared/model/device'
import { senderLimits } from '#shared/model/sender'
import type { Composed } from '../../../../state/composerRequest'
import { CheckField, SelectField, TextField } from '../../../../ui/fields'
import { emptyMessage } from '#shared/model/publish'
import styles from './form.module.css'
import { MessageFields } from './MessageFields'
import { NumberField } from './NumberField'
import { PartList } from './PartList'

export interface PartProps {
  readonly device: DeviceDefinition
  readonly change: (changed: Partial<DeviceDefinition>) => void
}

const newMessage: Composed = { ...emptyMessage, isTemplate: true }

export function GeneralPart({ device, change }: PartProps) {
  const t = useTranslations('devices.fields')
  const { faults } = device
  return (
    <>
      <div className={styles.pair}>
        <TextField label={t('name')} value={device.name} onChange={(name) => change({ name })} />
        <NumberField
          label={t('devices')}
          value={device.devices}
          limits={{ least: 1, most: deviceLimits.devices }}
          onChange={(devices) => change({ devices })}
        />
      </div>
      <TextField
        label={t('description')}
        value={device.description}
        onChange={(description) => change({ description })}
      />
      <TextField
        label={t('clientId')}
        value={device.clientId}
        mono
        hint={t('clientIdHint')}
        onChange={(clientId) => change({ clientId })}
      />
      <CheckField
        label={t('sameClientId')}
        checked={faults.sameClientId}
        onChange={(sameClientId) => change({ faults: { ...faults, sameClientId } })}
      />
      <CheckField
        label={t('drops')}
        checked={faults.dropEveryMs !== null}
        onChange={(drops) => change({ faults: { ...faults, dropEveryMs: drops ? 5_000 : null } })}
      />
      {faults.dropEveryMs === null ? null : (
        <div className={styles.pair}>
          <NumberField
            label={t('dropEveryMs')}
            value={faults.dropEveryMs}
            limits={deviceLimits.dropEvery}
            onChange={(dropEveryMs) => change({ faults: { ...faults, dropEveryMs } })}
          />
        </div>
      )}
    </>
  )
}

export function VariablesPart({ device, change }: PartProps) {
  const t = useTranslations('devices')
  return (
    <PartList
      label={t('parts.variables')}
      items={device.variables}
      addLabel={t('add.variables')}
      newItem={() => ({ name: `value${device.variables.length + 1}`, start: '0', next: '', everyMs: 1_000 })}
      nameOf={({ name }) => name}
      summaryOf={({ start, next }) => `${start} ${next}`}
      onChange={(variables) => change({ variables: [...variables] })}
    >
      {(variable, changeOne) => (
        <>
          <div className={styles.pair}>
            <TextField label={t('fields.name')} value={variable.name} mono onChange={(name) => changeOne({ name })} />
            <NumberField
              label={t('fields.everyMs')}
              value={variable.everyMs}
              limits={senderLimits.everyMs}
              onChange={(everyMs) => changeOne({ everyMs })}
            />
          </div>
          <TextField label={t('fields.start')} value={variable.start} mono onChange={(start) => changeOne({ start })} />
          <TextField
            label={t('fields.next')}
            value={variable.next}
            mono
            hint={t('fields.nextHint')}
            onChange={(next) => changeOne({ next })}
          />
        </>
      )}
    </PartList>
  )
}

interface MessagesProps {
  readonly label: string
  readonly messages: readonly Composed[]
  readonly onChange: (messages: Composed[]) => void
}

function Messages({ label, messages, onChange }: MessagesProps) {
  const t = useTranslations('devices')
  return (
    <PartList<Composed>
      label={label}
      items={messages}
      addLabel={t('add.message')}
      newItem={() => newMessage}
      nameOf={({ topic }) => topic}
      summaryOf={({ payload }) => payload}
      onChange={(changed) => onChange([...changed])}
    >
      {(message, changeOne, place) => <MessageFields id={`${label} ${place}`} message={message} onChange={changeOne} />}
    </PartList>
  )
}

export function BirthsPart({ device, change }: PartProps) {
  const t = useTranslations('devices')
  return <Messages label={t('parts.births')} messages={device.births} onChange={(births) => change({ births })} />
}

export function DeathsPart({ device, change }: PartProps) {
  const t = useTranslations('devices')
  const { will } = device
  return (
    <>
      <CheckField
        label={t('fields.hasWill')}
        checked={will !== null}
        onChange={(has) => change({ will: has ? newMessage : null })}
      />
      {will ? (
        <div role="group" aria-label={t('will')} className={styles.fields}>
          <MessageFields id="will" message={will} hasProperties={false} onChange={(next) => change({ will: next })} />
        </div>
      ) : null}
      <h3 className={styles.subtitle}>{t('deaths')}</h3>
      <Messages label={t('deaths')} messages={device.deaths} onChange={(deaths) => change({ deaths })} />
    </>
  )
}

export function TelemetryPart({ device, change }: PartProps) {
  const t = useTranslations('devices')
  return (
    <PartList<DeviceTelemetry>
      label={t('parts.telemetry')}
      items={device.telemetry}
      addLabel={t('add.message')}
      newItem={() => ({
        name: t('parts.telemetry'),
        message: newMessage,
        everyMs: 1_000,
        afterMs: 0,
        jitter: 0,
        sent: 'always',
        isOn: true,
      })}
      nameOf={({ name }) => name}
      summaryOf={({ message }) => `${message.topic} ${message.payload}`}
      onChange={(telemetry) => change({ telemetry: [...telemetry] })}
    >
      {(one, changeOne, place) => (
        <MessageFields id={`telemetry ${place}`} message={one.message} onChange={(message) => changeOne({ message })}>
          <div className={styles.line}>
            <TextField label={t('fields.name')} value={one.name} onChange={(name) => changeOne({ name })} />
            <NumberField
              label={t('fields.everyMs')}
              value={one.everyMs}
              limits={senderLimits.everyMs}
              onChange={(everyMs) => changeOne({ everyMs })}
            />
            <NumberField
              label={t('fields.afterMs')}
              value={one.afterMs}
              limits={{ least: 0, most: senderLimits.everyMs.most }}
              onChange={(afterMs) => changeOne({ afterMs })}
            />
            <NumberField
              label={t('fields.jitter')}
              value={Math.round(one.jitter * 100)}
              limits={{ least: 0, most: 100 }}
              onChange={(percent) => changeOne({ jitter: percent / 100 })}
            />
          </div>
          <div className={styles.checks}>
            <CheckField label={t('fields.isOn')} checked={one.isOn} onChange={(isOn) => changeOne({ isOn })} />
            <CheckField
              label={t('fields.onlyChanges')}
              checked={one.sent === 'changes'}
              onChange={(only) => changeOne({ sent: only ? 'changes' : 'always' })}
            />
          </div>
        </MessageFields>
      )}
    </PartList>
  )
}

export function CommandsPart({ device, change }: PartProps) {
  const t = useTranslations('devices')
  return (
    <PartList<DeviceCommand>
      label={t('parts.commands')}
      items={device.commands}
      addLabel={t('add.commands')}
      newItem={() => ({
        name: t('parts.commands'),
        filter: 'devices/{{ client }}/set',
        reads: 'json',
        when: '',
        sets: [],
        answer: null,
        birthsAgain: false,
      })}
      nameOf={({ name }) => name}
      summaryOf={({ filter }) => filter}
      onChange={(commands) => change({ commands: [...commands] })}
    >
      {(command, changeOne, place) => (
        <CommandFields command={command} change={changeOne} place={place} variables={device.variables} />
      )}
    </PartList>
  )
}

interface CommandProps {
  readonly command: DeviceCommand
  readonly change: (changed: Partial<DeviceCommand>) => void
  readonly place: number
  readonly variables: DeviceDefinition['variables']
}

function CommandFields({ command, change, place, variables }: CommandProps) {
  const t = useTranslations('devices')
  const { answer } = command
  const setLabel = t('add.sets')
  return (
    <>
      <div className={styles.pair}>
        <TextField label={t('fields.name')} value={command.name} onChange={(name) => change({ name })} />
        <SelectField
          label={t('fields.reads')}
          value={command.reads}
          options={[
            { value: 'json', label: t('fields.readsJson') },
            { value: 'sparkplug', label: t('fields.readsSparkplug') },
          ]}
          onChange={(reads) => change({ reads })}
        />
      </div>
      <TextField label={t('fields.filter')} value={command.filter} mono onChange={(filter) => change({ filter })} />
      <TextField
        label={t('fields.when')}
        value={command.when}
        mono
        hint={t('fields.whenHint')}
        onChange={(when) => change({ when })}
      />
      <PartList
        label={setLabel}
        items={command.sets}
        addLabel={setLabel}
        newItem={() => ({ variable: variables[0]?.name ?? '', value: '{{ request.payload }}' })}
        nameOf={({ variable }) => variable}
        summaryOf={({ value }) => value}
        onChange={(sets) => change({ sets: [...sets] })}
      >
        {(set, changeSet) => (
          <>
            <TextField
              label={t('fields.variable')}
              value={set.variable}
              mono
              onChange={(variable) => changeSet({ variable })}
            />
            <TextField label={t('fields.to')} value={set.value} mono onChange={(value) => changeSet({ value })} />
          </>
        )}
      </PartList>
      <div className={styles.checks}>
        <CheckField
          label={t('fields.birthsAgain')}
          checked={command.birthsAgain}
          onChange={(birthsAgain) => change({ birthsAgain })}
        />
        <CheckField
          label={t('fields.answers')}
          checked={answer !== null}
          onChange={(answers) => change({ answer: answers ? newMessage : null })}
        />
      </div>
      {answer ? (
        <MessageFields
          id={`answer ${place}`}
          message={answer}
          topicLabel={t('fields.answerTopic')}
          topicHint={t('fields.answerTopicHint')}
          onChange={(next) => change({ answer: next })}
        />
      ) : null}
    </>
  )
}
