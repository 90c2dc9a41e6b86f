import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { MainClock } from '../model/mainClock'
import type { App, AppStateHandle } from './app'

export const AppContext = createContext<App | null>(null)

/** The window itself, for event handlers that read the state of the moment. */
export const useAppObject = (): App => {
  const app = useContext(AppContext)
  if (!app) throw new Error('A component that reads the state stands outside AppContext.')
  return app
}

/** Selects the smallest thing; the selector must return a stable reference. */
export const useApp = <State extends object, Selected>(
  handle: AppStateHandle<State>,
  selector: (state: State) => Selected,
): Selected => {
  const app = useAppObject()
  return useStore(app.store, () => selector(app.get(handle)))
}

/** The clock that ages, waits and rates are told on. */
export const useMainClock = (): MainClock => useAppObject().models.clock
