import { useTranslations } from 'use-intl'
import { payloadHeadBytes } from '#shared/model/frame'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import { largestCopyBytes, selectPayload, selectWhole } from '../../store/payloadSlice'
import { useApp } from '../../store/useApp'
import { formatBytes } from '../../ui/format'

export interface PayloadVerb {
  /** Why it cannot be done; null = it can. */
  readonly problem: string | null
  /** Does it, or says why not. */
  readonly run: () => void
}

export interface PayloadVerbParts {
  readonly connectionId: string
  readonly message: MessageView
  /** All of it, as copying gives it. */
  readonly copyText: () => string
  readonly suggestedName: string
}

/** Copy and save: what they give is always the whole payload. */
export const usePayloadVerbs = (
  parts: PayloadVerbParts,
): { readonly copy: PayloadVerb; readonly save: PayloadVerb } => {
  const { connectionId, message, copyText, suggestedName } = parts
  const t = useTranslations('inspector')
  const payload = useApp(selectPayload(connectionId, message))
  const isGone = useApp((state) => selectWhole(connectionId, message.sequence)(state)?.phase === 'gone')
  const copy = useApp((state) => state.copyText)
  const savePayload = useApp((state) => state.savePayload)
  const showNotice = useApp((state) => state.showNotice)
  const copyProblem = () => {
    if (!payload) return t('whole.notAllHere')
    return payload.length > largestCopyBytes
      ? t('whole.tooLargeToCopy', { limit: formatBytes(largestCopyBytes) })
      : null
  }
  const orSay = (problem: string | null, run: () => void): PayloadVerb => ({
    problem,
    run: () =>
      problem === null ? run() : showNotice({ text: t('verbWithReason', { verb: t('copyPayload'), reason: problem }) }),
  })
  return {
    copy: orSay(copyProblem(), () => void copy(copyText())),
    save: {
      problem: isGone ? t('whole.gone', { head: formatBytes(payloadHeadBytes) }) : null,
      run: () => void savePayload(connectionId, message, suggestedName),
    },
  }
}
