import { useTranslations } from 'use-intl'
import type { DoctorRemark, DoctorReport, DoctorStep, DoctorStepName } from '#shared/model/doctor'
import type { Profile } from '#shared/model/profile'
import { maskedPath } from '#shared/text/maskedPath'
import { visibleText } from '#shared/text/visibleText'
import { useErrorText } from '../../../i18n/useErrorText'
import { useDurations } from '../../../ui/durations'
import { formatIso } from '../../../ui/format'
import { addressOf } from '../connectionFacts'
import { useRemedyTexts } from '../notes/useRemedies'

export interface DoctorWords {
  readonly remark: (remark: DoctorRemark) => string
  readonly step: (step: DoctorStepName) => string
  readonly took: (step: DoctorStep) => string
  /** What came of it in one sentence. */
  readonly outcome: (report: DoctorReport) => string
  /** All of it as plain text for a colleague: no secrets, times in UTC. */
  readonly text: (report: DoctorReport, profile: Profile) => string
}

/** A diagnosis in the person's language. */
export const useDoctorWords = (): DoctorWords => {
  const t = useTranslations('doctor')
  const errorText = useErrorText()
  const remedyTexts = useRemedyTexts()
  const { age } = useDurations()
  const remark = ({ id, values }: DoctorRemark): string => {
    const shown = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? value : visibleText(value)]),
    )
    const seconds = values['seconds']
    const duration = typeof seconds === 'number' ? age(seconds * 1_000) : ''
    return t(`remarks.${id}`, { ...shown, duration })
  }
  const step = (name: DoctorStepName) => t(`steps.${name}`)
  const took = ({ milliseconds }: DoctorStep): string =>
    milliseconds === null
      ? ''
      : t('took', { count: milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds) })
  const outcome = ({ outcome: kind, steps }: DoctorReport): string => {
    const named = (one: DoctorStep | undefined) => (one ? step(one.step) : '…')
    if (kind === 'running') return t('outcome.running', { step: named(steps.at(-1)) })
    if (kind !== 'failed') return t(`outcome.${kind}`)
    const hasWay = steps.some(({ step: name, verdict }) => name === 'otherWay' && verdict === 'ok')
    const failed = named(steps.find(({ verdict, step: name }) => verdict === 'failed' && name !== 'otherWay'))
    return t(hasWay ? 'outcome.wayFound' : 'outcome.failed', { step: failed })
  }
  const stepLines = (one: DoctorStep): string[] => {
    const verdict = t(`verdicts.${one.verdict ?? 'running'}`)
    const time = took(one)
    return [
      `${one.number}. ${step(one.step)}: ${verdict}${time === '' ? '' : ` (${time})`}`,
      ...(one.tried ? [`   ${t('tried')}: ${remark(one.tried)}`] : []),
      ...one.seen.map((seen) => `   ${t('seen')}: ${remark(seen)}`),
      ...(one.failure ? [`   ${t('concluded')}: ${errorText(one.failure)}`] : []),
      ...one.concluded.map((concluded) => `   ${t('concluded')}: ${remark(concluded)}`),
      ...(one.failure?.remedies.map((remedy) => `   - ${remedyTexts(remedy).why} ${remedyTexts(remedy).action}`) ?? []),
    ]
  }
  return {
    remark,
    step,
    took,
    outcome,
    text: (report, profile) =>
      [
        t('copyTitle', {
          name: visibleText(profile.name),
          address: visibleText(addressOf({ ...profile, path: maskedPath(profile.path) }, null)),
          time: formatIso(report.startedAt),
        }),
        outcome(report),
        '',
        ...report.steps.flatMap(stepLines),
        '',
      ].join('\n'),
  }
}
