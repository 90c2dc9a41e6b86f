import { useTranslations } from 'use-intl'
import { meterLimits, stampCarriers } from '#shared/model/meter'
import { visibleName } from '#shared/text/visibleText'
import { useErrorText } from '../../../../i18n/useErrorText'
import { connectionsState } from '../../../../state/connections'
import { profilesState } from '../../../../state/profiles'
import { useApp } from '../../../../state/useApp'
import { useConnection } from '../../../../state/useConnection'
import { SelectField, TextField } from '../../../../ui/fields'
import { PaceSection } from '../../senders/form/PaceSection'
import { useProblemText } from '../../senders/form/useProblemText'
import styles from '../meter.module.css'
import { meterFormState } from '../meterFormState'
import { filterFor, isApart, isNamed, readMeter, type MeterForm, type MeterProblems } from './meterForm'

interface PartProps {
  readonly form: MeterForm
  readonly change: (change: Partial<MeterForm>) => void
  readonly problems: MeterProblems
  readonly tried: boolean
}

/** What is sent from where, where it is received, and when it is late. */
export function MeterFields() {
  const t = useTranslations('meter')
  const errorText = useErrorText()
  const { form, change, tried, error } = useConnection(meterFormState, (state) => state)
  const read = readMeter(form, '')
  const parts: PartProps = { form, change, tried, problems: read.ok ? noProblems : read.problems }
  return (
    <div role="group" aria-label={t('form')} className={styles.form}>
      {error ? (
        <p role="alert" className={styles.problem}>
          {errorText(error)}
        </p>
      ) : null}
      <SendFields {...parts} />
      {form.sendOn === '' ? null : (
        <PaceSection
          form={form.plan}
          change={(changed) => change({ plan: { ...form.plan, ...changed } })}
          problems={parts.problems.plan}
          tried={tried}
        />
      )}
      <ReceiveFields {...parts} />
      <StampFields {...parts} />
    </div>
  )
}

const noProblems: MeterProblems = {
  topic: null,
  filter: null,
  payloadBytes: null,
  name: null,
  lateAfterMs: null,
  plan: { fields: {}, messages: {}, pauses: {} },
}

function SendFields({ form, change, problems, tried }: PartProps) {
  const t = useTranslations('meter')
  const textOf = useProblemText(tried)
  const connections = useConnections()
  return (
    <fieldset className={styles.section}>
      <legend>{t('send')}</legend>
      <SelectField
        label={t('sendOn')}
        value={form.sendOn}
        options={[...connections, { value: '', label: t('nobody') }]}
        onChange={(sendOn) => change({ sendOn })}
      />
      {form.sendOn === '' ? (
        <p className={styles.hint}>{t('nobodyHint')}</p>
      ) : (
        <>
          <TextField
            label={t('topic')}
            value={form.topic}
            mono
            error={problems.topic && tried ? t('problems.topic') : null}
            onChange={(topic) => change({ topic })}
          />
          <div className={styles.qosAndSize}>
            <SelectField
              label="QoS"
              value={form.qos}
              options={(['0', '1', '2', 'inTurn'] as const).map((value) => ({
                value,
                label: value === 'inTurn' ? t('inTurn') : value,
              }))}
              onChange={(qos) => change({ qos })}
            />
            <TextField
              label={t('payloadBytes')}
              value={form.payloadBytes}
              inputMode="numeric"
              mono
              error={textOf(problems.payloadBytes ?? undefined)}
              onChange={(payloadBytes) => change({ payloadBytes })}
            />
          </div>
        </>
      )}
    </fieldset>
  )
}

function ReceiveFields({ form, change, problems, tried }: PartProps) {
  const t = useTranslations('meter')
  const textOf = useProblemText(tried)
  const connections = useConnections()
  return (
    <fieldset className={styles.section}>
      <legend>{t('receive')}</legend>
      <div className={styles.pair}>
        <SelectField
          label={t('receiveOn')}
          value={form.receiveOn}
          options={connections}
          onChange={(receiveOn) => change({ receiveOn })}
        />
        <TextField
          label={t('lateAfter')}
          title={t('lateAfterHint')}
          value={form.lateAfterMs}
          inputMode="numeric"
          mono
          placeholder={String(meterLimits.lateAfterMs.first)}
          error={textOf(problems.lateAfterMs ?? undefined)}
          onChange={(lateAfterMs) => change({ lateAfterMs })}
        />
      </div>
      <TextField
        label={t('filter')}
        value={form.filter}
        mono
        placeholder={filterFor(form)}
        error={problems.filter && (tried || form.filter !== '') ? t('problems.filter') : null}
        warning={isApart(form) ? t('apart') : null}
        onChange={(filter) => change({ filter })}
      />
    </fieldset>
  )
}

function StampFields({ form, change, problems, tried }: PartProps) {
  const t = useTranslations('meter')
  const { carrier } = form
  return (
    <fieldset className={styles.section}>
      <legend>{t('stamp')}</legend>
      <div className={isNamed(carrier) ? styles.pair : ''}>
        <SelectField
          label={t('carrier')}
          value={carrier}
          options={stampCarriers.map((value) => ({ value, label: t(`carriers.${value}`) }))}
          onChange={(chosen) => change({ carrier: chosen })}
        />
        {isNamed(carrier) ? (
          <TextField
            label={t('carrierName')}
            value={form.name}
            mono
            error={problems.name && tried ? t('problems.name') : null}
            onChange={(name) => change({ name })}
          />
        ) : null}
      </div>
      <p className={styles.hint}>{t(`carrierHints.${carrier}`)}</p>
    </fieldset>
  )
}

/** The connections of this window. */
const useConnections = () => {
  const all = useApp(connectionsState, (state) => state.all)
  const entries = useApp(profilesState, (state) => state.entries)
  return entries
    .filter(({ profile }) => all.has(profile.id))
    .map(({ profile }) => ({ value: profile.id, label: visibleName(profile.name) }))
}
