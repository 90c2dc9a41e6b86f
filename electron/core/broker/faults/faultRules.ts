import type { FaultDeed, LastingFault } from '#shared/model/fault'

/** What the fault kit of a connection is set to. */
export interface FaultRules {
  readonly isVersion5: boolean
  isArmed(): boolean
  /** The fault of this kind that is on, of a packet or a direction; null = there is none. */
  find<Kind extends LastingFault['kind']>(kind: Kind, about?: string): Extract<LastingFault, { kind: Kind }> | null
  note(what: FaultDeed, about: string, fault?: LastingFault): void
}
