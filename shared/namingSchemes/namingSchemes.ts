import { levelsOf } from '#shared/mqtt/topicFilter'

/** A rule that a naming scheme proposes; `decoder` is a name as `readDecoderName` takes it. */
export interface PresetRule {
  readonly filter: string
  readonly decoder: string
}

/** How a family of devices or services names its topics. */
export interface NamingScheme {
  readonly id: string
  readonly name: string
  /** Where the topics of the scheme begin, read from one of them; null = this is none. '' = the scheme has a fixed beginning. */
  readonly baseOf: (topic: string) => string | null
  /** Where they begin unless somebody changed it: what is proposed when none of the topics were seen. */
  readonly usualBase: string
  /** In the order in which they are to be asked. */
  readonly rulesFor: (base: string) => readonly PresetRule[]
}

/** Beginnings of one scheme that are told apart: whoever makes up topics must not make up rules without end. */
const mostBases = 20

/** The schemes that the topics are named by, each with its rules for the beginnings that were found. */
export const recognisedSchemes = (topics: Iterable<string>): { scheme: NamingScheme; rules: PresetRule[] }[] => {
  const bases = new Map<NamingScheme, Set<string>>()
  for (const topic of topics)
    for (const scheme of namingSchemes) {
      const base = scheme.baseOf(topic)
      if (base === null || /[+#]/.test(base)) continue
      const known = bases.get(scheme) ?? new Set()
      if (known.size < mostBases) bases.set(scheme, known.add(base))
    }
  return namingSchemes.flatMap((scheme) => {
    const found = bases.get(scheme)
    return found ? [{ scheme, rules: distinct([...found].flatMap(scheme.rulesFor)) }] : []
  })
}

const distinct = (rules: readonly PresetRule[]): PresetRule[] => [
  ...new Map(rules.map((rule) => [rule.filter, rule])).values(),
]

const json = (filter: string): PresetRule => ({ filter, decoder: 'json' })
const text = (filter: string): PresetRule => ({ filter, decoder: 'text' })
const as = (decoder: string, filter: string): PresetRule => ({ filter, decoder })

/** A scheme with a fixed beginning. */
const fixed = (pattern: RegExp) => (topic: string) => (pattern.test(topic) ? '' : null)
/** A scheme whose beginning is the first group of the pattern. */
const movable = (pattern: RegExp) => (topic: string) => pattern.exec(topic)?.[1] ?? null
/** All devices beside one: its last level may be any. */
const besides = (base: string) => [...levelsOf(base).slice(0, -1), '+'].join('/')

/** All of them, in the order they are offered in. */
export const namingSchemes: readonly NamingScheme[] = [
  {
    id: 'zigbee2mqtt',
    name: 'zigbee2mqtt',
    baseOf: movable(/^(.+)\/bridge\/(?:info|devices|groups|definitions|extensions|logging|event)$/),
    usualBase: 'zigbee2mqtt',
    rulesFor: (base) => [json(`${base}/#`)],
  },
  {
    id: 'homeAssistant',
    name: 'Home Assistant',
    baseOf: fixed(/^homeassistant\/[^/]+\/(?:[^/]+\/)?[^/]+\/config$/),
    usualBase: '',
    rulesFor: () => [json('homeassistant/+/+/config'), json('homeassistant/+/+/+/config')],
  },
  {
    id: 'tasmota',
    name: 'Tasmota',
    baseOf: fixed(
      /^(?:tele\/.+\/(?:LWT|STATE|SENSOR|INFO[123])|stat\/.+\/(?:RESULT|STATUS\d*)|tasmota\/discovery\/.+)$/,
    ),
    usualBase: '',
    // What else is below stat is JSON or a word such as ON, which is told by looking.
    rulesFor: () => [text('tele/+/LWT'), json('tele/#'), json('stat/+/RESULT'), json('tasmota/discovery/#')],
  },
  {
    id: 'shelly1',
    name: 'Shelly 1',
    baseOf: fixed(/^shellies\/./),
    usualBase: '',
    rulesFor: () => [
      json('shellies/announce'),
      json('shellies/+/announce'),
      json('shellies/+/info'),
      text('shellies/#'),
    ],
  },
  {
    id: 'shelly2',
    name: 'Shelly 2',
    baseOf: movable(/^(.+)\/(?:events\/rpc|status\/[a-z0-9_]+(?::\d+)?)$/),
    usualBase: '+',
    rulesFor: (base) => [
      json(`${besides(base)}/events/rpc`),
      json(`${besides(base)}/status/+`),
      json(`${besides(base)}/rpc`),
    ],
  },
  {
    id: 'ownTracks',
    name: 'OwnTracks',
    baseOf: fixed(/^owntracks\/[^/]+\/[^/]+/),
    usualBase: '',
    rulesFor: () => [as('image', 'owntracks/+/+/card/face'), json('owntracks/+/+/#')],
  },
  {
    id: 'theThingsStack',
    name: 'The Things Stack',
    baseOf: fixed(/^v3\/[^/]+\/devices\/[^/]+\/(?:up|join|down|location|service)(?:\/|$)/),
    usualBase: '',
    rulesFor: () => [json('v3/+/devices/+/#')],
  },
  {
    id: 'chirpStack',
    name: 'ChirpStack',
    baseOf: fixed(
      /^application\/[^/]+\/device\/[^/]+\/(?:event|command)\/|^[^/]+\/gateway\/[^/]+\/(?:event|state|command)\//,
    ),
    usualBase: '',
    rulesFor: () => [
      json('application/+/device/+/event/+'),
      json('application/+/device/+/command/+'),
      ...['event', 'state', 'command'].map((part) => as('protobuf', `+/gateway/+/${part}/+`)),
    ],
  },
  {
    id: 'awsIot',
    name: 'AWS IoT',
    baseOf: fixed(/^\$aws\/(?:things\/[^/]+\/(?:shadow|jobs)|events)\//),
    usualBase: '',
    rulesFor: () => [json('$aws/things/+/shadow/#'), json('$aws/things/+/jobs/#'), json('$aws/events/#')],
  },
  {
    id: 'homie',
    name: 'Homie',
    baseOf: movable(/^(.+?)(?:\/5)?\/[^/]+\/\$(?:homie|state|description|nodes)$/),
    usualBase: 'homie',
    rulesFor: (base) => [json(`${base}/5/+/$description`), text(`${base}/#`)],
  },
  {
    id: 'sparkplug',
    name: 'Sparkplug B',
    baseOf: fixed(/^spBv1\.0\//),
    usualBase: '',
    rulesFor: () => [json('spBv1.0/STATE/+'), as('sparkplug', 'spBv1.0/#')],
  },
  {
    id: 'meshtastic',
    name: 'Meshtastic',
    baseOf: movable(/^(msh(?:\/[^/]+)*)\/2\/(?:e|c|map|json)\//),
    usualBase: 'msh/+',
    rulesFor: (base) => [
      json(`${base}/2/json/#`),
      ...['e', 'c', 'map'].map((part) => as('meshtastic', `${base}/2/${part}/#`)),
    ],
  },
  {
    id: 'espHome',
    name: 'ESPHome',
    baseOf: (topic) => {
      if (/^esphome\/discover\/[^/]+$/.test(topic)) return 'esphome'
      const parts = 'sensor|binary_sensor|switch|light|fan|cover|climate|number|select|text_sensor|button|lock'
      return new RegExp(`^(.+)/(?:${parts})/[^/]+/(?:state|command)$`).exec(topic)?.[1] ?? null
    },
    usualBase: '+',
    rulesFor: (base) =>
      base === 'esphome'
        ? [json('esphome/discover/+')]
        : [
            json(`${besides(base)}/light/+/state`),
            json(`${besides(base)}/light/+/command`),
            text(`${besides(base)}/+/+/state`),
            text(`${besides(base)}/debug`),
          ],
  },
  {
    id: 'frigate',
    name: 'Frigate',
    baseOf: movable(/^(.*frigate[^/]*)\/(?:events|reviews|stats|available|[^/]+\/[^/]+\/snapshot)$/),
    usualBase: 'frigate',
    rulesFor: (base) => [
      ...['events', 'reviews', 'stats', 'tracked_object_update', 'camera_activity'].map((part) =>
        json(`${base}/${part}`),
      ),
      as('image', `${base}/+/+/snapshot`),
      text(`${base}/#`),
    ],
  },
  {
    id: 'victron',
    name: 'Victron',
    baseOf: fixed(/^[NRW]\/[0-9a-f]{12}\//),
    usualBase: '',
    rulesFor: () => [json('N/+/#'), json('W/+/#'), json('R/+/#')],
  },
]
