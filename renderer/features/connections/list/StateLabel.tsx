import { CircleAlert, CircleCheck, CircleDashed, FileClock, LoaderCircle, Timer } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { SessionPhase } from '#shared/model/session'
import { useSteadyNow } from '../../../state/useSteadyNow'
import { classes } from '../../../ui/classes'
import styles from './list.module.css'

const icons: Readonly<Record<SessionPhase['phase'], ReactNode>> = {
  offline: <CircleDashed size={12} aria-hidden />,
  connecting: <LoaderCircle size={12} aria-hidden className={styles.turning} />,
  waiting: <Timer size={12} aria-hidden />,
  online: <CircleCheck size={12} aria-hidden />,
  failed: <CircleAlert size={12} aria-hidden />,
}

/** Whole seconds until then, never below zero. */
export const secondsUntil = (at: number, now: number): number => Math.max(0, Math.ceil((at - now) / 1_000))

/** Where a session stands, in words. */
export const useStateText = (state: SessionPhase, isRecording: boolean): string => {
  const t = useTranslations('connections')
  const now = useSteadyNow(state.phase === 'waiting')
  const seconds = state.phase === 'waiting' ? secondsUntil(state.nextTryAt, now) : 0
  return isRecording ? t('states.recording') : t(`states.${state.phase}`, { seconds })
}

/** Where a session stands, by icon and word: never by colour alone. */
export function StateLabel({ state }: { readonly state: SessionPhase }) {
  const text = useStateText(state, false)
  return (
    <span className={classes(styles.state, styles[state.phase])}>
      {icons[state.phase]}
      <span className={styles.stateText}>{text}</span>
    </span>
  )
}

/** A recording that was opened stands nowhere: it is a file. */
export function RecordingLabel() {
  const t = useTranslations('connections')
  return (
    <span className={styles.state}>
      <FileClock size={12} aria-hidden />
      <span className={styles.stateText}>{t('states.recording')}</span>
    </span>
  )
}
