import { createContext, useContext } from 'react'
import { createMainClock, type MainClock } from '../model/mainClock'

/** The clock that the models go by. */
export const MainClockContext = createContext<MainClock>(createMainClock())

/** The clock that ages, waits and rates are told on. */
export const useMainClock = (): MainClock => useContext(MainClockContext)
