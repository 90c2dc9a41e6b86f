import { createContext, useContext } from 'react'
import type { App } from '../../state/app'
import { connectionsState } from '../../state/connections'

/** Of two connections side by side: 0 at the left, 1 at the right. One alone is 0. */
export type Half = 0 | 1

/** The half that everything inside belongs to. */
export const HalfContext = createContext<Half>(0)

/** What ids end in, so that two workspaces have none in common. */
export const useIdSuffix = (): string => (useContext(HalfContext) === 0 ? '' : '-beside')

/** Where the connection in view stands: what is done to the layout is done there. */
export const halfInView = (app: App): Half => {
  const { inSight, inViewId } = app.get(connectionsState)
  return inSight.length > 1 && inSight[1] === inViewId ? 1 : 0
}
