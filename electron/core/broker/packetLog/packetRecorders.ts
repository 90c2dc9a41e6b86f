import { createPacketLog, type PacketLog } from './packetLog'
import { createPacketRecorder, type PacketRecorder } from './packetRecorder'

interface PacketRecordersParts {
  readonly isOn: () => boolean
  readonly budget: () => number
  readonly now: () => number
}

/** What records the packets of a connection, and what reads them. */
interface RecordedPackets {
  readonly recorder: PacketRecorder
  readonly log: PacketLog
}

/** The recorders by the ids of their connections, each made on first use. */
export const createPacketRecorders = ({ isOn, budget, now }: PacketRecordersParts) => {
  const recorders = new Map<string, RecordedPackets>()
  return {
    of: (id: string): RecordedPackets => {
      const known = recorders.get(id)
      if (known) return known
      const recorder = createPacketRecorder({ isOnAtFirst: isOn(), budget, now })
      const made = { recorder, log: createPacketLog(recorder) }
      recorders.set(id, made)
      return made
    },
    forget: (id: string): void => void recorders.delete(id),
  }
}
