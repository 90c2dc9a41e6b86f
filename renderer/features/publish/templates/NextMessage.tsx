import { ChevronRight, RotateCcw } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useErrorText } from '../../../i18n/useErrorText'
import { useApp } from '../../../state/useApp'
import { IconButton } from '../../../ui/IconButton'
import type { DraftTab } from '../composer/draft'
import { intervalOf } from '../repeating/interval'
import { draftCountsState } from './draftCountsState'
import { PreviewedMessages } from './TemplatePreview'
import styles from './templates.module.css'
import { usePreview } from './usePreview'

/**
 * What Publish sends next, or why it sends nothing, on a line below the payload; it opens to
 * those that follow.
 */
export function NextMessage({ draft }: { readonly draft: DraftTab }) {
  const t = useTranslations('publish.template')
  const errorText = useErrorText()
  const [isOpen, setIsOpen] = useState(false)
  const listId = useId()
  const intervalMs = intervalOf(draft.everyMs) ?? 1000
  const preview = usePreview({ message: draft.message, draftId: draft.id, intervalMs }) ?? []
  const made = preview.flatMap((one) => (one.ok ? [one.value] : []))
  const error = preview.find((one) => !one.ok)?.error
  const text = error ? errorText(error) : null
  const number = made[0]?.number ?? 1
  return (
    <section aria-label={t('preview')} className={styles.next} data-open={isOpen} data-failed={text !== null}>
      <button
        type="button"
        className={styles.toggle}
        aria-expanded={isOpen}
        aria-controls={listId}
        title={t('showNext')}
        onClick={() => setIsOpen(!isOpen)}
      >
        <ChevronRight size={14} aria-hidden />
        {number > 1 ? t('nextNumber', { number }) : t('next')}
      </button>
      <div id={listId} className={styles.made}>
        <PreviewedMessages format={draft.message.format} messages={made} />
        {text === null ? null : (
          <p role="alert" className={styles.problem} title={text}>
            {text}
          </p>
        )}
      </div>
      {number > 1 ? <CountAnew draftId={draft.id} /> : null}
    </section>
  )
}

function CountAnew({ draftId }: { readonly draftId: string }) {
  const t = useTranslations('publish.template')
  const countAnew = useApp(draftCountsState, (state) => state.countAnew)
  return <IconButton label={t('countAnew')} icon={<RotateCcw size={14} />} onClick={() => countAnew(draftId)} />
}
