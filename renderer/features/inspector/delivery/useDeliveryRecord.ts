import { useEffect, useState } from 'react'
import type { DeliveryRecord } from '#shared/model/delivery'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import type { Connection } from '../../../state/app'
import { useConnectionObject } from '../../../state/useConnection'

interface Read {
  readonly connection: Connection
  readonly sequence: number
  readonly record: DeliveryRecord | null
}

/**
 * The packets of a message of ours with QoS 1 or 2, read anew when its delivery changes; null = there are none or they
 * are kept no longer, undefined = not known yet.
 */
export const useDeliveryRecord = (message: MessageView): DeliveryRecord | null | undefined => {
  const connection = useConnectionObject()
  const { sequence, outgoing, qos, delivery } = message
  const [read, setRead] = useState<Read | null>(null)
  const isWanted = outgoing && qos > 0
  useEffect(() => {
    if (!isWanted) return
    let isCurrent = true
    void readDelivery(connection, sequence).then((record) => {
      if (isCurrent) setRead({ connection, sequence, record })
    })
    return () => {
      isCurrent = false
    }
  }, [isWanted, connection, sequence, delivery?.state, delivery?.at])
  if (!isWanted) return null
  return read?.connection === connection && read.sequence === sequence ? read.record : undefined
}

const readDelivery = async (
  { app, id: connectionId }: Connection,
  sequence: number,
): Promise<DeliveryRecord | null> => {
  const result = await app.api.invoke('message.delivery', { connectionId, sequence })
  return result.ok ? result.value : null
}
