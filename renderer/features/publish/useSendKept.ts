import { useAppStore } from '../../store/useApp'
import type { Composed } from './draft'

/** Sends a kept message at once; one that cannot be sent goes into the composer, which says why. */
export const useSendKept = (connectionId: string): ((message: Composed) => void) => {
  const store = useAppStore()
  return (message) => {
    const { publishMessage, composeMessage } = store.getState()
    if (publishMessage(connectionId, message)) composeMessage(message)
  }
}
