import { BellRing } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useApp } from '../state/useApp'
import { useConnectionOrNone } from '../state/useConnection'
import { selectAlarmed, selectRang, watchedState } from '../state/watched'
import styles from './mqttUi.module.css'

/** At the edge of a message's row: a rule of a watched value began to hold there. */
export function RangMark({ sequence }: { readonly sequence: number }) {
  const t = useTranslations('watch')
  const id = useConnectionOrNone()?.id ?? ''
  const rang = useApp(watchedState, selectRang(id, sequence))
  if (!rang) return null
  return (
    <span role="presentation" className={styles.rang} title={t('rang')} data-mark="watch">
      <BellRing size={9} aria-hidden />
      <span className="visually-hidden">{t('rang')}</span>
    </span>
  )
}

/** Beside a topic of which a rule holds now. */
export function AlarmMark({ topic }: { readonly topic: string }) {
  const t = useTranslations('watch')
  const id = useConnectionOrNone()?.id ?? ''
  const isAlarmed = useApp(watchedState, selectAlarmed(id, topic))
  if (!isAlarmed) return null
  return (
    <span role="img" aria-label={t('holdsNow')} title={t('holdsNow')} className={styles.alarm}>
      <BellRing size={12} />
    </span>
  )
}
