import { faultKey, type LastingFault, withFault, withoutFault } from '#shared/model/fault'
import type { FaultJournal } from './faultJournal'
import type { FaultRules } from './faultRules'

/** The faults of a connection that are on. */
export interface LastingFaults {
  all(): readonly LastingFault[]
  readonly find: FaultRules['find']
  switchTo(wanted: readonly LastingFault[]): void
  switchOn(fault: LastingFault): void
  switchOff(fault: LastingFault): void
}

/** `onChange` is called when others are on. */
export const createLastingFaults = (journal: FaultJournal, onChange: () => void): LastingFaults => {
  let all: readonly LastingFault[] = []
  const switchTo = (wanted: readonly LastingFault[]) => {
    const isIn = (list: readonly LastingFault[], fault: LastingFault) =>
      list.some((one) => JSON.stringify(one) === JSON.stringify(fault))
    const ended = all.filter((fault) => !isIn(wanted, fault))
    const begun = wanted.filter((fault) => !isIn(all, fault))
    all = wanted
    for (const fault of begun) journal.restart(fault)
    for (const fault of ended) journal.note('off', Object.values(fault).join(' '))
    for (const fault of begun) journal.note('on', Object.values(fault).join(' '))
    onChange()
  }
  return {
    all: () => all,
    find: <Kind extends LastingFault['kind']>(kind: Kind, about?: string) => {
      const key = about === undefined ? kind : `${kind} ${about}`
      const isMeant = (fault: LastingFault): fault is Extract<LastingFault, { kind: Kind }> => faultKey(fault) === key
      return all.find(isMeant) ?? null
    },
    switchTo,
    switchOn: (fault) => switchTo(withFault(all, fault)),
    switchOff: (fault) => switchTo(withoutFault(all, fault)),
  }
}
