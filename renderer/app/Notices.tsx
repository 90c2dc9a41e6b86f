import { X } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { useErrorText } from '../i18n/useErrorText'
import { usePhrase } from '../i18n/usePhrase'
import { noticesState, type Notice } from '../state/notices'
import { useApp } from '../state/useApp'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import styles from './shell.module.css'

/** A notice that is only text closes by itself; an error stays until the person closes it. */
const shownMs = 8_000

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const t = useTranslations('app')
  const errorText = useErrorText()
  const textOf = usePhrase()
  const dismiss = useApp(noticesState, (state) => state.dismiss)
  const isError = 'error' in notice.content
  useEffect(() => {
    if (isError) return
    const timer = setTimeout(() => dismiss(notice.id), shownMs)
    return () => clearTimeout(timer)
  }, [dismiss, isError, notice.id])
  const { action } = notice
  return (
    <li className={styles.notice} data-error={isError}>
      <p className="selectable">
        {'error' in notice.content ? errorText(notice.content.error) : textOf(notice.content.text)}
      </p>
      {action ? (
        <Button
          onClick={() => {
            action.run()
            dismiss(notice.id)
          }}
        >
          {textOf(action.label)}
        </Button>
      ) : null}
      <IconButton label={t('dismiss')} icon={<X size={14} />} onClick={() => dismiss(notice.id)} />
    </li>
  )
}

export function Notices() {
  const t = useTranslations('app')
  const notices = useApp(noticesState, (state) => state.all)
  return (
    <ul className={styles.notices} aria-label={t('notices')} aria-live="polite">
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </ul>
  )
}
