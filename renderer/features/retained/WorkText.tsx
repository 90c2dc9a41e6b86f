import { useTranslations } from 'use-intl'
import { retainedFates, type RetainedWork } from '#shared/model/retained'
import { useErrorText } from '../../i18n/useErrorText'
import { formatCount } from '../../ui/format'
import styles from './retained.module.css'

const wanted = { clear: 'cleared', undo: 'restored' } as const

/** How far the work is; in the end every fate that a message had, and why some of it was not done. */
export function WorkText({ work }: { readonly work: RetainedWork }) {
  const t = useTranslations('retained')
  const errorText = useErrorText()
  const { kind, done, total, counts, stage, cancelled, error } = work
  const all = formatCount(total)
  if (stage !== 'ended')
    return (
      <p role="status" aria-live="off" className={styles.work} data-work="running">
        <progress value={done} max={total} />
        {t(`working.${doingOf(work)}`, { done: formatCount(done), total: all })}
      </p>
    )
  const others = retainedFates.filter((fate) => fate !== wanted[kind] && (counts[fate] ?? 0) > 0)
  const said = [
    ...(cancelled ? [t('cancelled')] : []),
    t(`worked.${kind}`, { done: formatCount(counts[wanted[kind]] ?? 0), total: all }),
    ...others.map((fate) => t(`outcome.${fate}`, { count: formatCount(counts[fate] ?? 0) })),
  ]
  return (
    <p role="status" aria-live="polite" className={styles.work} data-work="done">
      <span>
        {said.join(' ')}
        {error ? <span className={styles.problem}> {errorText(error)}</span> : null}
      </span>
    </p>
  )
}

const doingOf = ({ kind, stage, cancelled, done }: RetainedWork) => {
  if (cancelled) return 'cancelled'
  if (stage === 'verifying') return stage
  return done === 0 ? 'checking' : kind
}
