import { useTranslations } from 'use-intl'
import { CheckField, SelectField, TextField } from '../../../../ui/fields'
import { formatRate } from '../../../../ui/format'
import { firstPause, numberIn, unitMs, wholeIn, type PlanForm } from '../plan/planForm'
import { keepsTimes } from '../plan/readPlan'
import { senderLimits } from '#shared/model/sender'
import styles from '../senders.module.css'
import type { FormProps } from './formProps'
import { useProblemText } from './useProblemText'

/** When messages are due and when it is over. Of interval and rate the one that is typed holds, and the other says the same. */
export function PaceSection({ form, change, problems, tried }: FormProps) {
  const t = useTranslations('senders')
  const textOf = useProblemText(tried)
  const { fields } = problems
  const units = Object.keys(unitMs) as (keyof typeof unitMs)[]
  return (
    <fieldset className={styles.section}>
      <legend>{t('when')}</legend>
      {form.kind === 'recording' ? <RecordedPace {...{ form, change, problems, tried }} /> : null}
      {form.kind === 'list' ? (
        <p className={styles.hint}>{t('byPauses')}</p>
      ) : keepsTimes(form) ? null : (
        <div className={styles.pair}>
          <TextField
            label={t('every')}
            value={form.everyMs}
            inputMode="numeric"
            mono
            placeholder={sameInterval(form)}
            error={textOf(fields.everyMs)}
            onChange={(everyMs) => change({ everyMs, perSecond: '' })}
          />
          <TextField
            label={t('rate')}
            value={form.perSecond}
            inputMode="decimal"
            mono
            placeholder={sameRate(form)}
            error={textOf(fields.perSecond)}
            onChange={(perSecond) => change({ perSecond, everyMs: '' })}
          />
        </div>
      )}
      <div className={styles.pair}>
        <TextField
          label={t('count')}
          value={form.count}
          inputMode="numeric"
          mono
          placeholder={t('noEnd')}
          error={textOf(fields.count)}
          onChange={(count) => change({ count })}
        />
        <div className={styles.lasts}>
          <TextField
            label={t('lasts')}
            value={form.lasts}
            inputMode="numeric"
            mono
            placeholder={t('noEnd')}
            error={textOf(fields.lasts)}
            onChange={(lasts) => change({ lasts })}
          />
          <SelectField
            label={t('unit')}
            hideLabel
            value={form.lastsUnit}
            options={units.map((value) => ({ value, label: t(`units.${value}`) }))}
            onChange={(lastsUnit) => change({ lastsUnit })}
          />
        </div>
      </div>
      {form.kind === 'message' || form.kind === 'script' ? null : (
        <CheckField label={t(loopLabels[form.kind])} checked={form.loops} onChange={(loops) => change({ loops })} />
      )}
    </fieldset>
  )
}

const loopLabels = { rows: 'loopRows', list: 'loopList', recording: 'loopRecording' } as const

/** Whether the messages of a recording come as they did, and how much faster. */
function RecordedPace({ form, change, problems, tried }: FormProps) {
  const t = useTranslations('senders')
  const textOf = useProblemText(tried)
  return (
    <div className={styles.pair}>
      <SelectField
        label={t('times')}
        value={form.asRecorded ? 'recorded' : 'own'}
        options={(['recorded', 'own'] as const).map((value) => ({ value, label: t(`timesKinds.${value}`) }))}
        onChange={(times) =>
          change({ asRecorded: times === 'recorded', ...(hasPace(form) ? {} : { everyMs: firstPause(1_000) }) })
        }
      />
      {form.asRecorded ? (
        <TextField
          label={t('speed')}
          value={form.speed}
          inputMode="decimal"
          mono
          error={textOf(problems.fields.speed)}
          onChange={(speed) => change({ speed })}
        />
      ) : null}
    </div>
  )
}

const hasPace = ({ everyMs, perSecond }: PlanForm): boolean => everyMs !== '' || perSecond !== ''

/** What the other field would say; it cannot be taken for something typed. */
const sameInterval = ({ perSecond, devices }: PlanForm): string => {
  const rate = numberIn(perSecond, senderLimits.perSecond)
  const count = wholeIn(devices, senderLimits.devices)
  return rate === null || count === null ? '' : `= ${formatRate((count * 1_000) / rate)}`
}

const sameRate = ({ everyMs, devices }: PlanForm): string => {
  const every = numberIn(everyMs, senderLimits.everyMs)
  const count = wholeIn(devices, senderLimits.devices)
  return every === null || count === null ? '' : `= ${formatRate((count * 1_000) / every)}`
}
