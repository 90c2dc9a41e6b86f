import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { ConnectionModel, ConnectionModels } from '../model/connectionModel'
import type { AppState, AppStore } from './appStore'

export interface AppContextValue {
  readonly store: AppStore
  readonly models: ConnectionModels
}

export const AppContext = createContext<AppContextValue | null>(null)

const useAppContext = (): AppContextValue => {
  const context = useContext(AppContext)
  if (!context) throw new Error('A component that reads the store stands outside AppContext.')
  return context
}

/** Selects the smallest thing; the selector must return a stable reference. */
export const useApp = <Selected>(selector: (state: AppState) => Selected): Selected =>
  useStore(useAppContext().store, selector)

/** The store itself, for event handlers that read the state of the moment. */
export const useAppStore = (): AppStore => useAppContext().store

/** The messages of a connection. Re-renders with every batch: read only what is visible. */
export const useConnectionModel = (connectionId: string): ConnectionModel => {
  useApp((state) => state.dataRevision)
  return useAppContext().models.of(connectionId)
}
