import { defineConnectionState } from '../../state/app'
import { firstParameters, type FaultParameters } from './faultDraft'

/** What is entered in the pane, whether it is on or not. */
export interface FaultFormState {
  /** By the key of the fault. */
  readonly entered: Readonly<Record<string, FaultParameters>>
  enter(key: string, change: Partial<FaultParameters>): void
}

export const faultFormState = defineConnectionState<FaultFormState>('faultForm', ({ set }) => ({
  entered: {},
  enter: (key, change) =>
    set(({ entered }) => ({ entered: { ...entered, [key]: { ...(entered[key] ?? firstParameters), ...change } } })),
}))
