import { CircleAlert, CircleCheck, CircleMinus, LoaderCircle } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { DoctorStep } from '#shared/model/doctor'
import type { Remedy } from '#shared/model/failure'
import { useErrorText } from '../../../i18n/useErrorText'
import { useApp } from '../../../state/useApp'
import { Button } from '../../../ui/Button'
import { RemedyList } from '../notes/RemedyList'
import styles from './doctor.module.css'
import { doctorState } from './doctorState'
import { useDoctorWords } from './useDoctorWords'

const icons = { ok: CircleCheck, failed: CircleAlert, skipped: CircleMinus } as const

/** The steps of a diagnosis: what was tried, seen and concluded at each, and what may help. */
export function DoctorSteps({ steps }: { readonly steps: readonly DoctorStep[] }) {
  const t = useTranslations('doctor')
  return (
    <ol className={styles.steps} aria-label={t('list')}>
      {steps.map((step) => (
        <StepItem key={step.number} step={step} />
      ))}
    </ol>
  )
}

function StepItem({ step }: { readonly step: DoctorStep }) {
  const t = useTranslations('doctor')
  const words = useDoctorWords()
  const { verdict } = step
  const Icon = verdict === null ? LoaderCircle : icons[verdict]
  return (
    <li
      className={styles.step}
      data-step={step.step}
      {...(verdict === null ? { 'data-running': true } : { 'data-verdict': verdict })}
    >
      <Icon size={16} aria-label={t(`verdicts.${verdict ?? 'running'}`)} className={styles.verdict} />
      <div className={styles.told}>
        <p className={styles.head}>
          <strong>{words.step(step.step)}</strong>
          {verdict === 'skipped' ? (
            <span className={styles.reason}>{step.concluded.map(words.remark).join(' ')}</span>
          ) : null}
          <span className={styles.took}>{words.took(step)}</span>
        </p>
        {verdict === 'skipped' ? null : <StepFacts step={step} />}
      </div>
    </li>
  )
}

function StepFacts({ step }: { readonly step: DoctorStep }) {
  const t = useTranslations('doctor')
  const errorText = useErrorText()
  const words = useDoctorWords()
  const { tried, seen, concluded, failure, verdict } = step
  const sentences = [...(failure ? [errorText(failure)] : []), ...concluded.map(words.remark)]
  return (
    <>
      <dl className={styles.facts}>
        {tried ? (
          <>
            <dt>{t('tried')}</dt>
            <dd className="selectable">{words.remark(tried)}</dd>
          </>
        ) : null}
        {seen.length > 0 ? (
          <>
            <dt>{t('seen')}</dt>
            <dd className="selectable">
              {seen.map((remark, index) => (
                <p key={index}>{words.remark(remark)}</p>
              ))}
            </dd>
          </>
        ) : null}
        {sentences.length > 0 ? (
          <>
            <dt>{t('concluded')}</dt>
            <dd className="selectable" data-conclusion={verdict}>
              {sentences.map((sentence, index) => (
                <p key={index}>{sentence}</p>
              ))}
            </dd>
          </>
        ) : null}
      </dl>
      <StepRemedies step={step} />
    </>
  )
}

function StepRemedies({ step: { step, verdict, failure, change } }: { readonly step: DoctorStep }) {
  const t = useTranslations('doctor')
  const subject = useApp(doctorState, (state) => state.subject)
  const doctor = useApp(doctorState, (state) => state)
  if (step === 'otherWay')
    return verdict === 'ok' && change && subject ? (
      <p>
        <Button onClick={() => subject.takeOver({ ...doctor.change, ...change })}>{t('takeOver')}</Button>
      </p>
    ) : null
  if (!failure) return null
  const act = ({ action }: Remedy) => {
    if (action.kind === 'tryOnce') doctor.beginWith(action.change)
    else if (action.kind === 'edit') subject?.edit(action.field)
    else if (action.kind === 'signIn') subject?.edit(subject.profile.username === '' ? 'username' : 'password')
    else if (action.kind === 'passphrase') subject?.edit('keyPassphrase')
  }
  // The system's words stand among what was seen.
  return <RemedyList failure={{ ...failure, technical: '' }} act={act} />
}
