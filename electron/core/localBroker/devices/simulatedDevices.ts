import { createPlant, tickMs, type PlantMessage } from './simulatedPlant'

export interface SimulatedDevicesOptions {
  readonly publish: (message: PlantMessage) => void
  /** Answers numbers in [0, 1); the same sequence makes the same values. */
  readonly random: () => number
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/**
 * A few rooms and machines that publish about 12 messages a second until the answered function is called. Their
 * retained states are there from the first moment on.
 */
export const startSimulatedDevices = ({ publish, random, now }: SimulatedDevicesOptions): (() => void) => {
  const plant = createPlant(random)
  let tick = 0
  const step = () => {
    for (const message of plant.messagesAt(tick, now())) publish(message)
    tick += 1
  }
  step()
  const timer = setInterval(step, tickMs)
  return () => clearInterval(timer)
}
