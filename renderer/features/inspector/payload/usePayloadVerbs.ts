import { useTranslations } from 'use-intl'
import { payloadHeadBytes } from '#shared/model/frame'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { useCopyText } from '../../../state/clipboard'
import { largePayloadState, largestCopyBytes, selectPayload, selectWhole } from '../../../state/largePayload'
import { noticesState } from '../../../state/notices'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { formatBytes } from '../../../ui/format'
import { savePayload } from './payloadFile'

export interface PayloadVerb {
  /** Why it cannot be done; null = it can. */
  readonly problem: string | null
  /** Does it, or says why not. */
  readonly run: () => void
}

export interface PayloadVerbParts {
  readonly message: MessageView
  /** All of it, as copying gives it. */
  readonly copyText: () => string
  readonly suggestedName: string
}

/** Copy and save: what they give is always the whole payload. */
export const usePayloadVerbs = (
  parts: PayloadVerbParts,
): { readonly copy: PayloadVerb; readonly save: PayloadVerb } => {
  const { message, copyText, suggestedName } = parts
  const t = useTranslations('inspector')
  const payload = useConnection(largePayloadState, selectPayload(message))
  const isGone = useConnection(largePayloadState, selectWhole(message.sequence))?.phase === 'gone'
  const connection = useConnectionObject()
  const copy = useCopyText()
  const say = (text: string) => connection.app.get(noticesState).show({ text })
  const copyProblem = () => {
    if (!payload) return t('whole.notAllHere')
    return payload.length > largestCopyBytes
      ? t('whole.tooLargeToCopy', { limit: formatBytes(largestCopyBytes) })
      : null
  }
  const orSay = (problem: string | null, run: () => void): PayloadVerb => ({
    problem,
    run: () => (problem === null ? run() : say(t('verbWithReason', { verb: t('copyPayload'), reason: problem }))),
  })
  return {
    copy: orSay(copyProblem(), () => void copy(copyText())),
    save: {
      problem: isGone ? t('whole.gone', { head: formatBytes(payloadHeadBytes) }) : null,
      run: () => void savePayload(connection, message, suggestedName),
    },
  }
}
