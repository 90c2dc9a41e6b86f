import { X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useApp } from '../../../../state/useApp'
import { IconButton } from '../../../../ui/IconButton'
import { VisibleName } from '../../../../ui/VisibleText'
import { senderPlansState } from '../senderPlansState'
import styles from '../senders.module.css'

interface DataFileProps {
  readonly token: string
  readonly onRemove: () => void
}

/** The file that stands in for a text of data. One of an earlier run has no name any more. */
export function DataFile({ token, onRemove }: DataFileProps) {
  const t = useTranslations('senders')
  const words = useTranslations('publish')
  const name = useApp(senderPlansState, ({ files }) => files.get(token)?.name)
  return (
    <div className={styles.rowsFile}>
      <VisibleName text={name ?? t('earlierFile')} mostPieces={4} />
      <IconButton label={words('removeFile')} icon={<X size={14} />} onClick={onRemove} />
    </div>
  )
}
