import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { HistoryStatus } from '#shared/model/history'
import { visibleName } from '#shared/text/visibleText'
import { useErrorText } from '../../../i18n/useErrorText'
import { dialogsState, selectDialog } from '../../../state/dialogs'
import { diskHistoryState, sumsOf } from '../../../state/diskHistory'
import { useApp } from '../../../state/useApp'
import { useConnection } from '../../../state/useConnection'
import { useEntry } from '../../../state/useEntry'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { formatBytes, formatCount, formatDayClock } from '../../../ui/format'
import styles from './diskHistory.module.css'
import { StretchForm } from './StretchForm'

/** How much of a connection is on disk, from when to when, and what is missing in it. */
export function DiskHistoryDialog() {
  const isOpen = useApp(dialogsState, selectDialog('diskHistory')) !== null
  return isOpen ? <DiskHistory /> : null
}

function DiskHistory() {
  const t = useTranslations('history')
  const errorText = useErrorText()
  const close = useApp(dialogsState, (dialogs) => dialogs.close)
  const { status, failure, look } = useConnection(diskHistoryState, (state) => state)
  useEffect(() => void look(), [look])
  const [isAsking, setAsking] = useState(false)
  const isEmpty = status !== null && status.segments.length === 0
  const footer =
    isAsking && status ? (
      <RemoveQuestion status={status} onEnd={() => setAsking(false)} />
    ) : (
      <>
        {status && !isEmpty ? (
          <Button className={styles.remove} onClick={() => setAsking(true)}>
            {t('remove')}
          </Button>
        ) : null}
        <Button variant="primary" onClick={close}>
          {t('close')}
        </Button>
      </>
    )
  return (
    <Dialog title={t('title')} open onClose={close} footer={footer} size="medium">
      {failure ? <p role="alert">{errorText(failure)}</p> : null}
      {isEmpty ? (
        <>
          <p className={styles.text}>{t('nothing')}</p>
          <p className={styles.faint}>{t('howTo')}</p>
        </>
      ) : null}
      {status && !isEmpty ? <Facts status={status} /> : null}
    </Dialog>
  )
}

function Facts({ status }: { readonly status: HistoryStatus }) {
  const t = useTranslations('history')
  const { messages, bytes, from, to } = sumsOf(status)
  const { gapCount, missing, gaps } = status
  return (
    <>
      <dl className={styles.facts}>
        <dt>{t('state')}</dt>
        <dd data-phase={status.phase}>{t(`phases.${status.phase}`)}</dd>
        <dt>{t('messages')}</dt>
        <dd>{formatCount(messages)}</dd>
        <dt>{t('size')}</dt>
        <dd>{t('sizeInFiles', { size: formatBytes(bytes), files: status.segments.length })}</dd>
        <dt>{t('span')}</dt>
        <dd>{from === null || to === null ? '–' : `${formatDayClock(from)} – ${formatDayClock(to)}`}</dd>
        <dt>{t('missing')}</dt>
        <dd>{gapCount === 0 ? t('noGaps') : t('missingValue', { messages: formatCount(missing), gaps: gapCount })}</dd>
      </dl>
      <StretchForm status={status} />
      {gaps.length > 0 ? <Gaps gaps={gaps} /> : null}
    </>
  )
}

function Gaps({ gaps }: Pick<HistoryStatus, 'gaps'>) {
  const t = useTranslations('history')
  return (
    <section aria-label={t('gaps')}>
      <h2 className={styles.heading}>{t('gaps')}</h2>
      <ul className={styles.gaps} aria-label={t('gaps')}>
        {gaps.toReversed().map(({ cause, messages, from, to }, index) => (
          <li key={gaps.length - index}>
            <span className={styles.faint}>{from === null && to === null ? '–' : formatDayClock(from ?? to ?? 0)}</span>
            <span>{t('gap', { count: messages === null ? 'unknown' : formatCount(messages), cause })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Asked once before what cannot be brought back goes; it takes the focus, on the side where nothing is lost. */
function RemoveQuestion({ status, onEnd }: { readonly status: HistoryStatus; readonly onEnd: () => void }) {
  const t = useTranslations('history')
  const removeAll = useConnection(diskHistoryState, (state) => state.removeAll)
  const name = useEntry()?.profile.name ?? ''
  const { messages, bytes } = sumsOf(status)
  return (
    <>
      <p role="alert" className={styles.question}>
        {t('removeText', { name: visibleName(name), count: formatCount(messages), size: formatBytes(bytes) })}
      </p>
      <Button autoFocus onClick={onEnd}>
        {t('cancel')}
      </Button>
      <Button
        variant="danger"
        onClick={() => {
          onEnd()
          void removeAll()
        }}
      >
        {t('removeAgree')}
      </Button>
    </>
  )
}
