import { useTranslations } from 'use-intl'
import { largestSavedPayload } from '#shared/model/publish'
import { formatBytes } from '../../../ui/format'
import type { DraftTab } from '../composer/draft'
import styles from '../publish.module.css'
import { leftOutOf } from './savedDrafts'

/** What of the draft does not come back after a restart, or did not come back with this one. */
export function LeftOutNote({ draft }: { readonly draft: DraftTab }) {
  const t = useTranslations('publish.drafts')
  const size = formatBytes(largestSavedPayload)
  if (draft.leftOut) return <p className={styles.note}>{t(`lost.${draft.leftOut}`, { size })}</p>
  const leftOut = leftOutOf(draft)
  return leftOut ? <p className={styles.faint}>{t(`willLose.${leftOut}`, { size })}</p> : null
}
