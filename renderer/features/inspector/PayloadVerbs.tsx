import { Copy, Save } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { payloadHeadBytes } from '#shared/model/frame'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import { largestCopyBytes, selectPayload, selectWhole } from '../../store/payloadSlice'
import { useApp } from '../../store/useApp'
import { formatBytes } from '../../ui/format'
import { IconButton } from '../../ui/IconButton'
import styles from './inspector.module.css'

export interface PayloadVerbsProps {
  readonly connectionId: string
  readonly message: MessageView
  /** All of it, as copying gives it. */
  readonly copyText: () => string
  readonly suggestedName: string
}

/** Copy and save: what they give is always the whole payload, and where that is not to be had they say why. */
export function PayloadVerbs({ connectionId, message, copyText, suggestedName }: PayloadVerbsProps) {
  const t = useTranslations('inspector')
  const payload = useApp(selectPayload(connectionId, message))
  const isGone = useApp((state) => selectWhole(connectionId, message.sequence)(state)?.phase === 'gone')
  const copy = useApp((state) => state.copyText)
  const savePayload = useApp((state) => state.savePayload)
  const copyProblem = () => {
    if (!payload) return t('whole.notAllHere')
    return payload.length > largestCopyBytes ? t('whole.tooLargeToCopy', { limit: formatBytes(largestCopyBytes) }) : ''
  }
  const problem = copyProblem()
  const saveProblem = isGone ? t('whole.gone', { head: formatBytes(payloadHeadBytes) }) : ''
  const labelWith = (verb: string, reason: string) => (reason === '' ? verb : t('verbWithReason', { verb, reason }))
  return (
    <span className={styles.panelVerbs}>
      <IconButton
        label={labelWith(t('copyPayload'), problem)}
        icon={<Copy size={14} />}
        disabled={problem !== ''}
        title={problem}
        onClick={() => void copy(copyText())}
      />
      <IconButton
        label={labelWith(t('savePayload'), saveProblem)}
        icon={<Save size={14} />}
        disabled={isGone}
        title={saveProblem}
        onClick={() => void savePayload(connectionId, message, suggestedName)}
      />
    </span>
  )
}
