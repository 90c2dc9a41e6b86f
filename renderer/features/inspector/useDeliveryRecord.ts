import { useEffect, useState } from 'react'
import type { DeliveryRecord } from '#shared/model/delivery'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import { useApp } from '../../store/useApp'

interface Read {
  readonly of: string
  readonly record: DeliveryRecord | null
}

/**
 * The packets of a message of ours with QoS 1 or 2, read anew when its delivery changes; null = there are none or they
 * are kept no longer, undefined = not known yet.
 */
export const useDeliveryRecord = (connectionId: string, message: MessageView): DeliveryRecord | null | undefined => {
  const readDelivery = useApp((state) => state.readDelivery)
  const { sequence, outgoing, qos, delivery } = message
  const [read, setRead] = useState<Read | null>(null)
  const of = `${connectionId} ${sequence}`
  const isWanted = outgoing && qos > 0
  useEffect(() => {
    if (!isWanted) return
    let isCurrent = true
    void readDelivery(connectionId, sequence).then((record) => {
      if (isCurrent) setRead({ of, record })
    })
    return () => {
      isCurrent = false
    }
  }, [readDelivery, isWanted, connectionId, sequence, of, delivery?.state, delivery?.at])
  if (!isWanted) return null
  return read?.of === of ? read.record : undefined
}
