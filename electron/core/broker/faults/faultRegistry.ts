import type { FaultsStatus } from '#shared/model/fault'
import { createConnectionFaults, type ConnectionFaults } from './connectionFaults'

interface FaultRegistryParts {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly onChange: (status: FaultsStatus) => void
  /** Puts a line into the timeline of a connection's packets. */
  readonly onStep: (connectionId: string, text: string) => void
}

/** In a flood the window hears of faults so often. */
const tellEveryMs = 200

/** The fault kits by the ids of their connections, each made on first use. */
export const createFaultRegistry = ({ now, onChange, onStep }: FaultRegistryParts) => {
  const kits = new Map<string, ConnectionFaults>()
  const due = new Map<string, NodeJS.Timeout>()
  const tellSoon = (id: string) => {
    if (due.has(id)) return
    const tell = () => {
      due.delete(id)
      const kit = kits.get(id)
      if (kit) onChange(kit.status())
    }
    due.set(id, setTimeout(tell, tellEveryMs))
  }
  return {
    of: (id: string): ConnectionFaults => {
      const known = kits.get(id)
      if (known) return known
      const kit = createConnectionFaults({
        connectionId: id,
        now,
        onChange: () => tellSoon(id),
        onStep: (text) => onStep(id, text),
      })
      kits.set(id, kit)
      return kit
    },
    statuses: (): FaultsStatus[] => [...kits.values()].map((kit) => kit.status()).filter(({ isArmed }) => isArmed),
    forget: (id: string): void => {
      kits.get(id)?.arm(false)
      clearTimeout(due.get(id))
      due.delete(id)
      kits.delete(id)
    },
  }
}
