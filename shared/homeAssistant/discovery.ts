import { decodeUtf8 } from '#shared/mqtt/utf8'

/** Where Home Assistant looks for discovery messages, unless it was told another place. */
export const discoveryPrefix = 'homeassistant'

/** Beyond these a message of discovery is not read further: it is from outside, and one may be made to be large. */
export const discoveryLimits = { bytes: 2 ** 20, topics: 500 } as const

export interface AvailabilityTopic {
  readonly topic: string
  /** What stands there when the device is gone; its default is `offline`. */
  readonly offline: string
}

/** After so many seconds without a message on the topic Home Assistant holds its value for unknown. */
interface Expiry {
  readonly topic: string
  readonly seconds: number
}

/** What a discovery message says of topics. */
export interface Discovery {
  /** Of the device, or else of its entity; null = it has none. */
  readonly name: string | null
  /** Topics that the device publishes to, but for its availability. Home Assistant takes filters here too. */
  readonly states: readonly string[]
  readonly commands: readonly string[]
  readonly availability: readonly AvailabilityTopic[]
  readonly availabilityMode: 'all' | 'any' | 'latest'
  readonly expiries: readonly Expiry[]
}

/**
 * Why Home Assistant does not take a discovery message: its ids have other characters than letters, digits, `_` and `-`; there is
 * no such component; the payload is too large, no JSON, no object; device discovery without device, origin or components, or with a
 * component that says no platform.
 */
<<<<<<< HEAD
const discoveryProblems = [
  ...(['characters', 'component', 'tooLarge', 'json', 'object'] as const),
  ...(['device', 'origin', 'components', 'platform'] as const),
] as const
export type DiscoveryProblem = (typeof discoveryProblems)[number]
=======
export type DiscoveryProblem =
  | 'characters'
  | 'component'
  | 'tooLarge'
  | 'json'
  | 'object'
  | 'device'
  | 'origin'
  | 'components'
  | 'platform'
>>>>>>> wt-ghost

export type DiscoveryReading =
  | ({ readonly ok: true } & Discovery)
  | { readonly ok: false; readonly problem: DiscoveryProblem }

/** Whether Home Assistant subscribes to the topic: `homeassistant/<component>/[<node_id>/]<object_id>/config`. */
export const isDiscoveryTopic = (topic: string): boolean =>
  topic.startsWith(`${discoveryPrefix}/`) && /^[^/]*(?:\/[^/]*){2,3}\/config$/.test(topic)

/** Reads a discovery message, whatever it holds; null = its topic is none of discovery, or it is empty, which removes what was there. */
export const readDiscovery = (topic: string, payload: Uint8Array): DiscoveryReading | null => {
  if (payload.length === 0 || !isDiscoveryTopic(topic)) return null
  const [, component = '', ...ids] = topic.split('/').slice(0, -1)
  if (!ids.every((id) => /^[\w-]+$/.test(id))) return faulty('characters')
  if (!components.has(component)) return faulty('component')
  if (payload.length > discoveryLimits.bytes) return faulty('tooLarge')
  const parsed = parsedJson(decodeUtf8(payload))
  if (!parsed.ok) return faulty('json')
  const config = objectIn(parsed.value)
  if (!config) return faulty('object')
  return component === 'device' ? ofDevice(config) : ofEntities(config, [config])
}

/** What Home Assistant discovers over MQTT; `device` holds several components in one message. */
const components: ReadonlySet<string> = new Set(
  `alarm_control_panel binary_sensor button camera climate cover date datetime device device_automation device_tracker
  event fan humidifier image infrared lawn_mower light lock notify number remote scene select sensor siren switch tag
  text time update vacuum valve water_heater`.split(/\s+/),
)

type Json = Readonly<Record<string, unknown>>

const faulty = (problem: DiscoveryProblem) => ({ ok: false, problem }) as const

/** Each component has what stands beside the list of components, unless it says otherwise; one with its platform only is removed. */
const ofDevice = (config: Json): DiscoveryReading => {
  if (!objectIn(config['device'] ?? config['dev'])) return faulty('device')
  if (!objectIn(config['origin'] ?? config['o'])) return faulty('origin')
  const parts = objectIn(config['components'] ?? config['cmps'])
  if (!parts || Object.keys(parts).length === 0) return faulty('components')
  const entities: Json[] = []
  for (const part of Object.values(parts)) {
    const entity = objectIn(part)
    const platform = entity && (entity['platform'] ?? entity['p'])
    if (!entity || typeof platform !== 'string') return faulty('platform')
    if (Object.keys(entity).length > 1) entities.push({ ...config, ...entity })
  }
  return ofEntities(config, entities)
}

const ofEntities = (config: Json, entities: readonly Json[]): DiscoveryReading => {
  const states = new Set<string>()
  const commands = new Set<string>()
  const availability = new Map<string, AvailabilityTopic>()
  const expiries = new Map<string, Expiry>()
  for (const entity of entities) {
    const named = topicsOf(entity)
    for (const { key, topic } of named) {
      if (isAvailability(key)) continue
      if (states.size + commands.size < discoveryLimits.topics) (isCommand(key) ? commands : states).add(topic)
    }
    for (const one of availabilityOf(entity))
      if (availability.size < discoveryLimits.topics) availability.set(one.topic, one)
    const seconds = Number(entity['expire_after'] ?? entity['exp_aft'] ?? 0)
    const state = named.find(({ key }) => key === 'state_topic' || key === 'stat_t')
    if (state && seconds > 0 && Number.isFinite(seconds) && expiries.size < discoveryLimits.topics)
      expiries.set(state.topic, { topic: state.topic, seconds })
  }
  return {
    ok: true,
    name: nameOf(config),
    states: [...states],
    commands: [...commands],
    availability: [...availability.values()],
    availabilityMode: modeOf(config['availability_mode'] ?? config['avty_mode']),
    expiries: [...expiries.values()],
  }
}

/** Every abbreviation of a key that ends with `topic` ends with `t`, and no other key does so behind an underscore. */
const isTopicKey = (key: string) => /(?:^|_)(?:topic|t)$/.test(key)
const isCommand = (key: string) => /(?:^|_)(?:cmd|command)_(?:topic|t)$|^set_/.test(key)
const isAvailability = (key: string) => key === 'availability_topic' || key === 'avty_t'

const topicsOf = (entity: Json) =>
  Object.entries(entity).flatMap(([key, value]) => {
    const topic = isTopicKey(key) ? wholeTopic(value, entity['~']) : null
    return topic === null ? [] : [{ key, topic }]
  })

/** `~` at the start or at the end stands for the base topic. */
const wholeTopic = (value: unknown, base: unknown): string | null => {
  if (typeof value !== 'string' || value === '') return null
  if (typeof base !== 'string') return value
  const whole = value.startsWith('~') ? base + value.slice(1) : value
  return whole.endsWith('~') ? whole.slice(0, -1) + base : whole
}

const availabilityOf = (entity: Json): AvailabilityTopic[] => {
  const listed = entity['availability'] ?? entity['avty']
  const several: readonly unknown[] = Array.isArray(listed) ? listed : [listed]
  const single = { t: entity['availability_topic'] ?? entity['avty_t'], ...notAvailableOf(entity) }
  return [single, ...several].slice(0, discoveryLimits.topics).flatMap((one) => {
    const part = objectIn(one)
    const topic = part && wholeTopic(part['topic'] ?? part['t'], entity['~'])
    return part && topic ? [{ topic, offline: notAvailableOf(part).pl_not_avail }] : []
  })
}

const notAvailableOf = (part: Json) => {
  const said = part['payload_not_available'] ?? part['pl_not_avail']
  return { pl_not_avail: typeof said === 'string' ? said : 'offline' }
}

const modeOf = (mode: unknown) => (mode === 'all' || mode === 'any' ? mode : 'latest')

const nameOf = (config: Json): string | null => {
  const device = objectIn(config['device'] ?? config['dev'])
  const name = device?.['name'] ?? config['name']
  return typeof name === 'string' && name !== '' ? name.slice(0, 200) : null
}

const objectIn = (value: unknown): Json | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null

const parsedJson = (text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } => {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return { ok: false }
  }
}
