import { composeMessage, type Composed } from '../../../state/composerRequest'
import { useConnectionObject } from '../../../state/useConnection'
import { publishState } from '../publishState'

/** Sends a saved message at once; one that cannot be sent goes into the composer, which says why. */
export const useSendSaved = (): ((message: Composed) => void) => {
  const connection = useConnectionObject()
  return (message) => {
    if (connection.get(publishState).publishMessage(message)) composeMessage(connection, message)
  }
}
