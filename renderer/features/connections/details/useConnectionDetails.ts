import { useEffect, useState } from 'react'
import type { ConnectionDetails } from '#shared/model/connectionDetails'
import { useApp } from '../../../store/useApp'
import { selectSessionState } from '../connectionSelectors'

/** The details of a connection, asked for anew whenever its state changes; null until they have come. */
export const useConnectionDetails = (connectionId: string): ConnectionDetails | null => {
  const readDetails = useApp((app) => app.readDetails)
  const state = useApp(selectSessionState(connectionId))
  const [details, setDetails] = useState<ConnectionDetails | null>(null)
  useEffect(() => {
    let isWanted = true
    void readDetails(connectionId).then((answer) => {
      if (isWanted && answer) setDetails(answer)
    })
    return () => {
      isWanted = false
    }
  }, [connectionId, readDetails, state])
  return details
}
