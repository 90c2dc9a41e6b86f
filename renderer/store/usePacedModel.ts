import { useContext, useEffect, useState } from 'react'
import type { SubscriptionTotals } from '#shared/model/frame'
import type { ConnectionModel } from '../model/connectionModel'
import type { AppState } from './appStore'
import { AppContext, useAppStore } from './useApp'

export interface PacedModel {
  readonly model: ConnectionModel
  /** By the subscription's id; absent = no message was counted for it. */
  readonly totals: Readonly<Record<string, SubscriptionTotals>>
}

const noTotals: PacedModel['totals'] = {}

const momentOf = ({ dataRevision, subscriptionTotals }: AppState, connectionId: string) => ({
  dataRevision,
  totals: subscriptionTotals[connectionId] ?? noTotals,
})

/** As `useConnectionModel` for what is dear to draw: re-renders after batches, but not more often than every `paceMs`. */
export const usePacedModel = (connectionId: string, paceMs: number): PacedModel => {
  const store = useAppStore()
  const models = useContext(AppContext)?.models
  const [seen, setSeen] = useState(() => momentOf(store.getState(), connectionId))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const stop = store.subscribe((state, before) => {
      if (state.dataRevision === before.dataRevision || timer !== null) return
      timer = setTimeout(() => {
        timer = null
        setSeen(momentOf(store.getState(), connectionId))
      }, paceMs)
    })
    return () => {
      stop()
      if (timer !== null) clearTimeout(timer)
    }
  }, [store, connectionId, paceMs])
  if (!models) throw new Error('A component that reads the store stands outside AppContext.')
  return { model: models.of(connectionId), totals: seen.totals }
}
