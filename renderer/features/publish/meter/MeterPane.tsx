import { Activity, CircleStop, Play, Trash2 } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { isMeasuring, type MeterStatus } from '#shared/model/meter'
import { selectIsOnline, sessionState } from '../../../state/session'
import { useApp } from '../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { useLandmarkName } from '../../../state/useLandmarkName'
import { Button } from '../../../ui/Button'
import { EmptyState } from '../../../ui/EmptyState'
import { SelectField } from '../../../ui/fields'
import { formatClock } from '../../../ui/format'
import { IconButton } from '../../../ui/IconButton'
import { MeterFields } from './form/MeterFields'
import styles from './meter.module.css'
import { meterFormState, shownMeter } from './meterFormState'
import { metersOf, metersState } from './metersState'
import { ReportButtons } from './report/ReportButtons'
import { MeterResults } from './results/MeterResults'

/** Measures what becomes of messages on their way from one connection to another, or to the same one. */
export function MeterPane() {
  const t = useTranslations('meter')
  const landmark = useLandmarkName(t('region'))
  const { id } = useConnectionObject()
  const all = useApp(metersState, (state) => state.all)
  const shownId = useConnection(meterFormState, (state) => state.shownId)
  const here = useMemo(() => metersOf(all, id), [all, id])
  const meter = shownMeter(all, id, shownId)
  return (
    <section aria-label={landmark} className={styles.pane}>
      <div className={styles.bar}>
        <StartButton meter={meter} />
        {here.length > 1 && meter ? <MeterChoice here={here} meter={meter} /> : null}
        <span className={styles.gap} />
        {meter ? <ReportButtons meter={meter} /> : null}
        {meter ? <RemoveButton meter={meter} /> : null}
      </div>
      <div className={styles.parts}>
        {/* What was found is read first, also where it is narrow and stands above. */}
        {meter ? <MeterResults meter={meter} /> : null}
        <MeterFields />
        {meter ? null : (
          <EmptyState icon={<Activity size={28} strokeWidth={1.2} />} title={t('emptyTitle')}>
            {t('emptyText')}
          </EmptyState>
        )}
      </div>
    </section>
  )
}

/** Starts what the form says, or stops what is looked at. Of a meter that only listens it says so: no sender starts. */
function StartButton({ meter }: { readonly meter: MeterStatus | null }) {
  const t = useTranslations('meter')
  const senders = useTranslations('senders')
  const online = useConnection(sessionState, selectIsOnline)
  const sends = useConnection(meterFormState, ({ form }) => form.sendOn !== '')
  const start = useConnection(meterFormState, (state) => state.start)
  const stop = useApp(metersState, (state) => state.stop)
  if (meter && isMeasuring(meter)) {
    const isSending = meter.phase.kind !== 'settling' && meter.sendOn !== null
    return (
      <Button icon={<CircleStop size={14} aria-hidden />} onClick={() => stop(meter.meterId)}>
        {isSending ? senders('stop') : t('stopListening')}
      </Button>
    )
  }
  return (
    <Button
      variant="primary"
      icon={<Play size={14} aria-hidden />}
      aria-disabled={!online}
      {...(online ? {} : { title: senders('startOffline') })}
      onClick={() => online && start(t('senderName'))}
    >
      {sends ? senders('start') : t('startListening')}
    </Button>
  )
}

interface ChoiceProps {
  readonly here: readonly MeterStatus[]
  readonly meter: MeterStatus
}

function MeterChoice({ here, meter }: ChoiceProps) {
  const t = useTranslations('meter')
  const show = useConnection(meterFormState, (state) => state.show)
  return (
    <div className={styles.choice}>
      <SelectField
        label={t('run')}
        hideLabel
        value={meter.meterId}
        options={here.toReversed().map(({ meterId, startedAt, run, phase }) => ({
          value: meterId,
          label: t('runName', { time: formatClock(startedAt).slice(0, 8), run, phase: phase.kind }),
        }))}
        onChange={show}
      />
    </div>
  )
}

function RemoveButton({ meter }: { readonly meter: MeterStatus }) {
  const t = useTranslations('meter')
  const remove = useApp(metersState, (state) => state.remove)
  if (isMeasuring(meter)) return null
  return <IconButton label={t('remove')} icon={<Trash2 size={14} />} onClick={() => remove(meter.meterId)} />
}
