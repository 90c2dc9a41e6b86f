import { useEffect } from 'react'
import { isHead } from '../../model/messageLog/payloadHead'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import { useApp } from '../../store/useApp'

/** Reads the rest of a message of which the log has the head, for as long as it is shown. */
export const useWholePayload = (connectionId: string, message: MessageView): void => {
  const openPayload = useApp((state) => state.openPayload)
  const closePayload = useApp((state) => state.closePayload)
  const { sequence, payloadBytes } = message
  const needsRest = isHead(message)
  useEffect(() => {
    if (!needsRest) return
    openPayload(connectionId, { sequence, payloadBytes })
    return closePayload
  }, [openPayload, closePayload, connectionId, sequence, payloadBytes, needsRest])
}
