import {
  faultKey,
  isLasting,
  withFault,
  withoutFault,
  type LastingFault,
  type MomentaryFault,
} from '#shared/model/fault'
import { faultsState, selectFaults } from '../../state/faults'
import { useApp } from '../../state/useApp'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { faultOf, firstParameters, lastingOf, type FaultKind, type FaultParameters } from './faultDraft'
import { faultFormState } from './faultFormState'

/** Where a fault is told from others of its kind. */
export type FaultPlace = Pick<Partial<FaultParameters>, 'packet' | 'direction' | 'how'>

/** As `faultKey` has it for a lasting fault there. */
const keyOf = (kind: FaultKind, place: FaultPlace): string => [kind, ...Object.values(place)].join(' ')

/** What is entered for one fault of the pane. */
export const useEntered = (kind: FaultKind, place: FaultPlace = {}) => {
  const key = keyOf(kind, place)
  const entered = useConnection(faultFormState, (state) => state.entered[key])
  const enter = useConnection(faultFormState, (state) => state.enter)
  const parameters: FaultParameters = { ...firstParameters, ...entered, ...place }
  return { parameters, enter: (change: Partial<FaultParameters>) => enter(key, change) }
}

/** One lasting fault of the connection in view: whether it is on, and what switches it. */
export const useLasting = (kind: LastingFault['kind'], place: FaultPlace = {}) => {
  const { id } = useConnectionObject()
  const { parameters, enter } = useEntered(kind, place)
  const status = useApp(faultsState, selectFaults(id))
  const set = useApp(faultsState, (state) => state.set)
  const lasting = status?.lasting ?? []
  const fault = lastingOf(kind, parameters)
  const key = keyOf(kind, place)
  const isOn = lasting.some((one) => faultKey(one) === key)
  return {
    parameters,
    isOn,
    count: status?.counts[key] ?? 0,
    canSwitch: status?.isArmed === true && (isOn || fault !== null),
    switchTo: (wanted: boolean) => {
      if (!wanted)
        set(
          id,
          lasting.filter((one) => faultKey(one) !== key),
        )
      else if (fault) set(id, withFault(lasting, fault))
    },
    /** What is on changes with what is entered. */
    enter: (change: Partial<FaultParameters>) => {
      enter(change)
      const changed = lastingOf(kind, { ...parameters, ...change })
      if (isOn && changed) set(id, withFault(withoutFault(lasting, changed), changed))
    },
  }
}

/** What is done once. */
export const useMomentary = () => {
  const { id } = useConnectionObject()
  const act = useApp(faultsState, (state) => state.act)
  return (kind: MomentaryFault['kind'], parameters: FaultParameters) => {
    const fault = faultOf(kind, parameters)
    if (fault && !isLasting(fault)) act(id, fault)
  }
}
