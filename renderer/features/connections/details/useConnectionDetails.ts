import { useEffect, useState } from 'react'
import type { ConnectionDetails } from '#shared/model/connectionDetails'
import { noticesState } from '../../../state/notices'
import { selectSessionState, sessionState } from '../../../state/session'
import { useConnection, useConnectionObject } from '../../../state/useConnection'

/** The details of the connection, asked for anew whenever its state changes; null until they have come. */
export const useConnectionDetails = (): ConnectionDetails | null => {
  const connection = useConnectionObject()
  const state = useConnection(sessionState, selectSessionState)
  const [details, setDetails] = useState<ConnectionDetails | null>(null)
  useEffect(() => {
    let isWanted = true
    const { app, id: connectionId } = connection
    void app.api.invoke('session.details', { connectionId }).then((answer) => {
      if (!answer.ok) app.get(noticesState).showError(answer.error)
      else if (isWanted) setDetails(answer.value)
    })
    return () => {
      isWanted = false
    }
  }, [connection, state])
  return details
}
