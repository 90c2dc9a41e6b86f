import type { ConnectionStep } from '#shared/model/packets'
import type { PacketRecorder } from '../broker/packetLog/packetRecorder'
import { joinTraces } from '../broker/transport/packetTrace'

/** What a diagnosis wants to know of a network connection while it is made. */
export interface ConnectionWatch {
  readonly onStep: (step: ConnectionStep) => void
  /** Bytes that were written, of whole packets or parts of one. */
  readonly onSent: (bytes: number) => void
}

/** A recorder that tells of what it records. */
export const watchedRecorder = (recorder: PacketRecorder, { onStep, onSent }: ConnectionWatch): PacketRecorder => ({
  ...recorder,
  step: (name, detail) => {
    recorder.step(name, detail)
    onStep(name)
  },
  begin: (version, address) => {
    const recorded = recorder.begin(version, address)
    const watching = { ...recorded, ...nothingElse, sent: (bytes: Buffer) => onSent(bytes.length) }
    return joinTraces(recorded, watching) ?? recorded
  },
})

const ignore = () => undefined
const nothingElse = { received: ignore, skipped: ignore, receivedControl: ignore, broken: ignore }
