import { useTranslations } from 'use-intl'
import type { SenderEnd, SenderStatus } from '#shared/model/sender'
import { useErrorText } from '../../../../i18n/useErrorText'
import { formatCount } from '../../../../ui/format'
import styles from '../senders.module.css'

/** Why it is over and what went wrong, in words; nothing where all is well. */
export function SenderNote({ status }: { readonly status: SenderStatus }) {
  const t = useTranslations('senders')
  const errorText = useErrorText()
  const endText = useEndText()
  const { counts, end, firstRefusal, leftOut, clientsOnline, clientsLost = 0, devices } = status
  const isMissing = clientsOnline !== null && end === null && clientsOnline < devices
  const parts = [
    endText(end),
    isMissing ? t('clientsOnline', { online: formatCount(clientsOnline), all: formatCount(devices) }) : null,
    clientsLost > 0 ? t('clientsLost', { count: clientsLost, number: formatCount(clientsLost) }) : null,
    counts.skipped > 0 ? t('skipped', { count: formatCount(counts.skipped) }) : null,
    counts.interrupted > 0 ? t('interrupted', { count: formatCount(counts.interrupted) }) : null,
    leftOut ? errorText(leftOut) : null,
    firstRefusal ? t('firstRefusal', { reason: errorText(firstRefusal) }) : null,
  ].filter((part) => part !== null)
  if (parts.length === 0) return null
  const isBad = end?.kind === 'impossible' || firstRefusal !== null
  return (
    <p className={styles.note} data-bad={isBad}>
      {parts.join(' · ')}
    </p>
  )
}

/** What the word beside the name does not say. */
const useEndText = () => {
  const errorText = useErrorText()
  return (end: SenderEnd | null): string | null => {
    if (end?.kind === 'impossible') return errorText(end.error)
    return end?.kind === 'connectionEnded' && end.error ? errorText(end.error) : null
  }
}
