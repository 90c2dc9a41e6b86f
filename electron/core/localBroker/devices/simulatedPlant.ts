import type { Qos } from '#shared/model/qos'

export interface PlantMessage {
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: Qos
  readonly retain: boolean
  readonly contentType?: string
  readonly userProperties?: Readonly<Record<string, string>>
}

/** The plant moves in steps of this length. */
export const tickMs = 250

interface Moment {
  readonly tick: number
  readonly now: number
  readonly random: () => number
}

interface Device {
  readonly topic: string
  /** Publishes in every n-th tick, `phase` ticks later than the others. */
  readonly everyTicks: number
  readonly phase?: number
  readonly retain?: boolean
  readonly qos?: Qos
  readonly contentType?: string
  readonly userProperties?: Readonly<Record<string, string>>
  /** null = nothing to say this time. */
  readonly payload: (moment: Moment) => string | Uint8Array | null
}

interface Wandering {
  readonly around: number
  readonly within: number
  readonly digits?: number
}

const sampleCount = 64

const json = { contentType: 'application/json' } as const
const perSecond = 1_000 / tickMs

const encoder = new TextEncoder()

/** The devices without a clock: the same random numbers and moments make the same messages. */
export const createPlant = (random: () => number) => {
  const devices = [...rooms(), ...machines()]
  const isDue = (tick: number) => (device: Device) => tick % device.everyTicks === (device.phase ?? 0)
  return {
    messagesAt: (tick: number, now: number): readonly PlantMessage[] =>
      devices.filter(isDue(tick)).flatMap((device) => {
        const payload = device.payload({ tick, now, random })
        return payload === null ? [] : [messageOf(device, payload)]
      }),
  }
}

/** A value that drifts gently and never leaves `around ± within`. */
const wandering = ({ around, within, digits = 1 }: Wandering) => {
  let offset = 0
  return ({ random }: Moment): string => {
    offset = Math.max(-1, Math.min(1, offset * 0.98 + (random() - 0.5) * 0.2))
    return (around + offset * within).toFixed(digits)
  }
}

/** A state that is told at the start and whenever it changes. */
const switching = (names: readonly string[], chance: number) => {
  let state = 0
  return ({ tick, random }: Moment): string | null => {
    const moves = random() < chance
    if (moves) state = (state + 1) % names.length
    return moves || tick === 0 ? (names[state] ?? '') : null
  }
}

const climate = () => {
  const celsius = wandering({ around: 21, within: 2 })
  const humidity = wandering({ around: 48, within: 8, digits: 0 })
  return (moment: Moment) =>
    `{"celsius":${celsius(moment)},"humidity":${humidity(moment)},"at":"${new Date(moment.now).toISOString()}"}`
}

/** The meter's id needs more digits than a JavaScript number has: it must be shown as it stands in the text. */
const meter = () => {
  const watts = wandering({ around: 640, within: 300, digits: 0 })
  let wattHours = 18_734_210
  return (moment: Moment) => {
    const power = watts(moment)
    wattHours += Number(power) / 3_600
    return `{"meterId":9007199254740993017,"kWh":${(wattHours / 1_000).toFixed(3)},"watts":${power},"phases":[230.1,229.8,230.4]}`
  }
}

/** Little-endian float32 samples of two sine waves with noise. */
const vibration = ({ tick, random }: Moment): Uint8Array => {
  const view = new DataView(new ArrayBuffer(sampleCount * 4))
  for (let index = 0; index < sampleCount; index += 1) {
    const time = tick * sampleCount + index
    const value = Math.sin(time / 5) + 0.3 * Math.sin(time / 1.7) + (random() - 0.5) * 0.1
    view.setFloat32(index * 4, value, true)
  }
  return new Uint8Array(view.buffer)
}

const pressState = () => {
  const mode = switching(['running', 'idle', 'maintenance'], 0.02)
  return (moment: Moment) => {
    const state = mode(moment)
    return state === null ? null : `{"state":"${state}","since":${moment.now}}`
  }
}

const counter = () => {
  let count = 10_418
  return () => String((count += 1))
}

const rooms = (): readonly Device[] => [
  { topic: 'home/kitchen/temperature', everyTicks: perSecond, payload: wandering({ around: 21.5, within: 1.5 }) },
  { topic: 'home/kitchen/humidity', everyTicks: 8, phase: 1, payload: wandering({ around: 45, within: 6, digits: 0 }) },
  { topic: 'home/kitchen/light/state', everyTicks: 4, phase: 0, retain: true, payload: switching(['on', 'off'], 0.07) },
  { topic: 'home/livingroom/climate', everyTicks: 8, phase: 2, ...json, payload: climate() },
  { topic: '住家/客廳/溫度', everyTicks: perSecond, phase: 1, payload: wandering({ around: 24, within: 2 }) },
  { topic: '住家/客廳/燈/狀態', everyTicks: 4, phase: 0, retain: true, payload: switching(['開', '關'], 0.07) },
  { topic: '住家/陽台/土壤濕度', everyTicks: 12, phase: 3, payload: wandering({ around: 33, within: 5, digits: 0 }) },
  { topic: 'office/meter/energy', everyTicks: perSecond, phase: 2, ...json, payload: meter() },
]

const machines = (): readonly Device[] => [
  { topic: 'plant/gateway/status', everyTicks: 1, retain: true, payload: ({ tick }) => (tick === 0 ? 'online' : null) },
  { topic: 'plant/line1/press/state', everyTicks: 2, retain: true, qos: 1, ...json, payload: pressState() },
  { topic: 'plant/line1/press/cycles', everyTicks: 6, payload: counter() },
  {
    topic: 'plant/line1/press/vibration',
    everyTicks: 1,
    contentType: 'application/octet-stream',
    userProperties: { encoding: 'float32-le', samples: String(sampleCount) },
    payload: vibration,
  },
  {
    topic: 'plant/line1/conveyor/speed',
    everyTicks: 2,
    phase: 1,
    userProperties: { unit: 'm/s' },
    payload: wandering({ around: 1.2, within: 0.2, digits: 2 }),
  },
  {
    topic: 'plant/line2/oven/temperature',
    everyTicks: perSecond,
    phase: 3,
    userProperties: { unit: '°C', sensor: 'T-204' },
    payload: wandering({ around: 182, within: 6 }),
  },
  { topic: 'plant/line2/oven/door', everyTicks: 4, retain: true, payload: switching(['closed', 'open'], 0.05) },
]

const messageOf = (device: Device, payload: string | Uint8Array): PlantMessage => ({
  topic: device.topic,
  payload: typeof payload === 'string' ? encoder.encode(payload) : payload,
  qos: device.qos ?? 0,
  retain: device.retain ?? false,
  ...(device.contentType === undefined ? {} : { contentType: device.contentType }),
  ...(device.userProperties === undefined ? {} : { userProperties: device.userProperties }),
})
