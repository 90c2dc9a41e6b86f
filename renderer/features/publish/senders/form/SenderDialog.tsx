import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { SenderPlan } from '#shared/model/sender'
import type { AppError } from '#shared/result'
import { useErrorText } from '../../../../i18n/useErrorText'
import { dialogsState, selectDialog } from '../../../../state/dialogs'
import { selectIsOnline, sessionState } from '../../../../state/session'
import { useApp } from '../../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../../state/useConnection'
import { Button } from '../../../../ui/Button'
import { Dialog } from '../../../../ui/Dialog'
import { DiscardQuestion, useLeaving } from '../../../../ui/DiscardQuestion'
import { SendTarget } from '../../sending/SendTarget'
import { formOf, type PlanForm } from '../plan/planForm'
import { readPlan, type PlanProblems, type ReadPlan } from '../plan/readPlan'
import { usePlanSentence } from '../plan/usePlanSentence'
import { selectPlan, senderPlansState } from '../senderPlansState'
import { isProduction, runPlan, startPlan } from '../startPlan'
import styles from '../senders.module.css'
import { DevicesSection } from './DevicesSection'
import { PaceSection } from './PaceSection'
import { ShapeSection } from './ShapeSection'
import { WhatSection } from './WhatSection'

/** Writes the plan of a sender, to keep it or to start it at once. `children` are dialogs that stand over it. */
export function SenderDialog({ children }: { readonly children?: ReactNode }) {
  const asked = useApp(dialogsState, selectDialog('sender'))
  return (
    asked && (
      <Editor key={asked.plan.id} plan={asked.plan}>
        {children}
      </Editor>
    )
  )
}

function Editor({ plan, children }: { readonly plan: SenderPlan; readonly children: ReactNode }) {
  const t = useTranslations('senders')
  const isKnown = useApp(senderPlansState, selectPlan(plan.id)) !== undefined
  const online = useConnection(sessionState, selectIsOnline)
  const close = useApp(dialogsState, (state) => state.close)
  const { form, change, isChanged } = useForm(plan)
  const leaving = useLeaving({ isChanged, close })
  const read = readPlan(form)
  const { tried, error, save, start } = useVerbs(read, close)
  const parts = { form, change, problems: read.ok ? noProblems : read.problems, tried }
  return (
    <Dialog
      title={t(isKnown ? 'editTitle' : 'newTitle')}
      size="broad"
      open
      onClose={leaving.leave}
      footer={
        leaving.isAsking ? (
          <DiscardQuestion onStay={leaving.stay} onDiscard={close} />
        ) : (
          <>
            <Summary read={read} tried={tried} error={error} />
            <Button onClick={leaving.leave}>{t('cancel')}</Button>
            <Button onClick={save}>{t('save')}</Button>
            <Button
              variant="primary"
              disabled={!online}
              {...(online ? {} : { title: t('startOffline') })}
              onClick={() => void start()}
            >
              {t('start')}
            </Button>
          </>
        )
      }
    >
      <div role="group" aria-label={t('form')} className={styles.form}>
        <WhatSection {...parts} />
        <div className={styles.side}>
          <PaceSection {...parts} />
          <DevicesSection {...parts} />
          <ShapeSection {...parts} />
        </div>
      </div>
      {children}
    </Dialog>
  )
}

const noProblems: PlanProblems = { fields: {}, messages: {}, pauses: {} }

/** What is typed, and whether that is anything else than what stood there at first. */
const useForm = (plan: SenderPlan) => {
  const [first] = useState<PlanForm>(() => formOf(plan))
  const [form, setForm] = useState(first)
  return {
    form,
    change: (changed: Partial<PlanForm>) => setForm((now) => ({ ...now, ...changed })),
    isChanged: () => JSON.stringify(form) !== JSON.stringify(first),
  }
}

/** Keeps the plan, and starts it. What keeps it from running stays in sight with the form. */
const useVerbs = (read: ReadPlan, close: () => void) => {
  const connection = useConnectionObject()
  const putPlan = useApp(senderPlansState, (state) => state.put)
  const [tried, setTried] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  const kept = (): SenderPlan | null => {
    setTried(true)
    setError(null)
    return read.ok && putPlan(read.plan) ? read.plan : null
  }
  return {
    tried,
    error,
    save: () => {
      if (kept()) close()
    },
    start: async () => {
      const plan = kept()
      if (!plan) return
      if (isProduction(connection)) {
        // The question takes the place of the form.
        startPlan(connection, plan)
        return
      }
      const result = await runPlan(connection, plan)
      if (result.ok) close()
      else setError(result.error)
    },
  }
}

interface SummaryProps {
  readonly read: ReadPlan
  readonly tried: boolean
  readonly error: AppError | null
}

/** What the plan will do and where, or why it does not. */
function Summary({ read, tried, error }: SummaryProps) {
  const t = useTranslations('senders')
  const errorText = useErrorText()
  const sentence = usePlanSentence()
  return (
    <div className={styles.summary}>
      {error ? (
        <p role="alert" className={styles.problem}>
          {errorText(error)}
        </p>
      ) : read.ok ? (
        <p className={styles.sentence}>{sentence(read.plan)}</p>
      ) : tried ? (
        <p role="alert" className={styles.problem}>
          {t('mend')}
        </p>
      ) : null}
      <SendTarget />
    </div>
  )
}
