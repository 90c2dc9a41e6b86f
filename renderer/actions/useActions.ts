import { createContext, useContext, useMemo } from 'react'
import { actionsOn, type Action, type AnyAction, type SubjectKind } from './action'

/** All actions of the window; `app/` fills it. */
export const ActionsContext = createContext<readonly AnyAction[]>([])

export const useActions = <Kind extends SubjectKind>(kind: Kind): readonly Action<Kind>[] => {
  const all = useContext(ActionsContext)
  return useMemo(() => actionsOn(all, kind), [all, kind])
}
