import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { changedBy } from '#shared/model/profileChange'
import { visibleText } from '#shared/text/visibleText'
import { useErrorText } from '../../../i18n/useErrorText'
import { useCopyText } from '../../../state/clipboard'
import { connectionsState } from '../../../state/connections'
import { focusState } from '../../../state/focus'
import { packetSourceState } from '../../../state/packetSource'
import { useApp, useAppObject } from '../../../state/useApp'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { changeText } from '../connectionFacts'
import { profileFormState } from '../form/profileFormState'
import styles from './doctor.module.css'
import { DoctorPlanText } from './DoctorPlanText'
import { doctorState, type DoctorSubject } from './doctorState'
import { DoctorSteps } from './DoctorSteps'
import { useDoctorWords } from './useDoctorWords'

/** Why a connection is not made, step by step. One that the form asked for stands in the form's dialog. */
export function DoctorDialog({ inForm = false }: { readonly inForm?: boolean }) {
  const subject = useApp(doctorState, (state) => state.subject)
  return subject?.isForm === inForm ? <OpenDoctor subject={subject} /> : null
}

function OpenDoctor({ subject }: { readonly subject: DoctorSubject }) {
  const t = useTranslations('doctor')
  const errorText = useErrorText()
  const words = useDoctorWords()
  const { plan, report, failure, change, close } = useApp(doctorState, (state) => state)
  const isChanged = Object.keys(change).length > 0
  return (
    <Dialog title={t('title')} open onClose={close} size="large" footer={<DoctorFooter subject={subject} />}>
      <div className={styles.doctor}>
        {isChanged ? (
          <p className={styles.changed}>
            {t('plan.changed', { settings: visibleText(changeText(subject.profile, change)) })}
          </p>
        ) : null}
        {failure ? (
          <p role="alert" className={styles.failure}>
            {errorText(failure)}
          </p>
        ) : null}
        {report ? (
          <>
            <p role="status" className={styles.outcome} data-outcome={report.outcome}>
              {words.outcome(report)}
            </p>
            <DoctorSteps steps={report.steps} />
          </>
        ) : plan ? (
          <DoctorPlanText plan={plan} profile={changedBy(subject.profile, change)} />
        ) : null}
      </div>
    </Dialog>
  )
}

function DoctorFooter({ subject }: { readonly subject: DoctorSubject }) {
  const t = useTranslations('doctor')
  const { report, plan, begin, stop, close } = useApp(doctorState, (state) => state)
  if (!report)
    return (
      <>
        <Countdown />
        <Button onClick={close}>{t('close')}</Button>
        <Button variant="primary" disabled={!plan} onClick={() => void begin()}>
          {t('begin')}
        </Button>
      </>
    )
  if (report.outcome === 'running')
    return (
      <>
        <span className={styles.grow} />
        <Button onClick={stop}>{t('stop')}</Button>
      </>
    )
  return <EndedButtons subject={subject} />
}

function EndedButtons({ subject }: { readonly subject: DoctorSubject }) {
  const t = useTranslations('doctor')
  const app = useAppObject()
  const words = useDoctorWords()
  const copyText = useCopyText()
  const closeForm = useApp(profileFormState, (form) => form.close)
  const { report, change, begin, close } = useApp(doctorState, (state) => state)
  const { connection } = subject
  const showPackets = () => {
    if (!connection) return
    close()
    if (subject.isForm) closeForm()
    app.get(connectionsState).show(connection.id)
    connection.get(packetSourceState).show('doctor')
    app.get(focusState).focus('packets')
  }
  return (
    <>
      <Button onClick={() => report && void copyText(words.text(report, changedBy(subject.profile, change)))}>
        {t('copy')}
      </Button>
      {connection ? <Button onClick={showPackets}>{t('packets')}</Button> : null}
      <span className={styles.grow} />
      <Button onClick={() => void begin()}>{t('again')}</Button>
      <Button variant="primary" onClick={close}>
        {t('close')}
      </Button>
    </>
  )
}

/** Long enough to read what will be sent, and to hold it. */
const readSeconds = 4

/** It begins by itself, unless a person holds it or changes what it does. */
function Countdown() {
  const t = useTranslations('doctor')
  const { isHeld, plan, begin, hold } = useApp(doctorState, (state) => state)
  const [seconds, setSeconds] = useState(readSeconds)
  const isCounting = !isHeld && plan !== null
  useEffect(() => {
    if (!isCounting) return
    const timer = setInterval(() => setSeconds((left) => left - 1), 1_000)
    return () => clearInterval(timer)
  }, [isCounting])
  useEffect(() => {
    if (isCounting && seconds <= 0) void begin()
  }, [isCounting, seconds, begin])
  if (!isCounting) return <span className={styles.grow} />
  return (
    <>
      <span className={styles.grow} role="timer">
        {t('begins', { seconds: Math.max(0, seconds) })}
      </span>
      <Button variant="quiet" onClick={hold}>
        {t('hold')}
      </Button>
    </>
  )
}
