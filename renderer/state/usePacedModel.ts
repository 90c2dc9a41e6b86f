import { useEffect, useState } from 'react'
import type { ConnectionModel } from '../model/connectionModel'
import { messagesState, type MessagesState } from './messages'
import { useConnectionObject } from './useConnection'

export interface PacedModel {
  readonly model: ConnectionModel
  readonly totals: MessagesState['subscriptionTotals']
}

/** As `useConnectionModel` for what costs much to draw: re-renders after batches, but not more often than every `paceMs`. */
export const usePacedModel = (paceMs: number): PacedModel => {
  const connection = useConnectionObject()
  const [seen, setSeen] = useState(() => connection.get(messagesState))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const stop = connection.watch(messagesState, (state, before) => {
      if (state.revision === before.revision || timer !== null) return
      timer = setTimeout(() => {
        timer = null
        setSeen(connection.get(messagesState))
      }, paceMs)
    })
    return () => {
      stop()
      if (timer !== null) clearTimeout(timer)
    }
  }, [connection, paceMs])
  return { model: connection.model, totals: seen.subscriptionTotals }
}
