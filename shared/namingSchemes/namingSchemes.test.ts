import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDecoderName } from '#shared/decoding/decodeAs'
import { filterMatches, topicFilterProblem } from '#shared/mqtt/topicFilter'
import { namingSchemes, recognisedSchemes } from './namingSchemes'

/** Topics of each scheme, with the decoder that its rules propose for them. */
const topics: Readonly<Record<string, readonly (readonly [topic: string, decoder: string])[]>> = {
  zigbee2mqtt: [
    ['zigbee2mqtt/bridge/devices', 'json'],
    ['zigbee2mqtt/bath/climate', 'json'],
  ],
  homeAssistant: [
    ['homeassistant/sensor/a/b/config', 'json'],
    ['homeassistant/device/a/config', 'json'],
  ],
  tasmota: [
    ['tele/plug/LWT', 'text'],
    ['tele/plug/SENSOR', 'json'],
    ['stat/plug/RESULT', 'json'],
    ['tasmota/discovery/020000ab12cd/config', 'json'],
  ],
  shelly1: [
    ['shellies/announce', 'json'],
    ['shellies/shelly1-AB12CD/relay/0', 'text'],
  ],
  shelly2: [
    ['shellyplus1-020000ab12cd/events/rpc', 'json'],
    ['shellyplus1-020000ab12cd/status/switch:0', 'json'],
    ['shellyplus1-020000ab12cd/rpc', 'json'],
  ],
  ownTracks: [['owntracks/anna/phone/event', 'json']],
  theThingsStack: [['v3/app@tenant/devices/dev/up', 'json']],
  chirpStack: [
    ['application/1/device/0102030405060708/event/up', 'json'],
    ['eu868/gateway/0102030405060708/event/stats', 'protobuf'],
  ],
  awsIot: [
    ['$aws/things/thing1/shadow/name/config/get/accepted', 'json'],
    ['$aws/events/presence/connected/thing1', 'json'],
  ],
  homie: [
    ['homie/dev1/$state', 'text'],
    ['homie/5/dev1/$description', 'json'],
    ['homie/5/dev1/climate/temperature', 'text'],
  ],
  sparkplug: [
    ['spBv1.0/group/DDATA/edge/device', 'sparkplug'],
    ['spBv1.0/STATE/host', 'json'],
  ],
  meshtastic: [
    ['msh/EU_868/2/e/LongFast/!0000abcd', 'meshtastic'],
    ['msh/EU_868/2/json/LongFast/!0000abcd', 'json'],
  ],
  espHome: [
    ['node/sensor/co2/state', 'text'],
    ['node/light/lamp/state', 'json'],
  ],
  frigate: [
    ['frigate/events', 'json'],
    ['frigate/front/person/snapshot', 'image'],
    ['frigate/available', 'text'],
  ],
  victron: [['N/c0619ab00001/battery/512/Soc', 'json']],
}

describe('naming schemes', () => {
  it.each(namingSchemes.map((scheme) => [scheme.name, scheme.id] as const))('%s is told from its topics', (_, id) => {
    const given = topics[id] ?? []
    expect(given).not.toEqual([])
    const found = recognisedSchemes(given.map(([topic]) => topic)).find(({ scheme }) => scheme.id === id)
    const decoderOf = (topic: string) => found?.rules.find(({ filter }) => filterMatches(filter, topic))?.decoder
    expect(given.map(([topic]) => [topic, decoderOf(topic)])).toEqual(given)
  })

  it('are not told from topics of others', () => {
    expect(
      recognisedSchemes(['plant/hall-1/temperature', 'a/b', '$SYS/broker/uptime', 'homeassistant/status']),
    ).toEqual([])
    for (const [id, given] of Object.entries(topics)) {
      const found = recognisedSchemes(given.map(([topic]) => topic)).map(({ scheme }) => scheme.id)
      expect(found).toEqual([id])
    }
  })

  it('propose rules where none of their topics were seen', () => {
    for (const { id, usualBase, rulesFor } of namingSchemes) {
      const rules = rulesFor(usualBase)
      expect(rules.every(({ filter }) => topicFilterProblem(filter) === null)).toBe(true)
      for (const [topic] of topics[id] ?? [])
        expect(rules.some(({ filter }) => filterMatches(filter, topic))).toBe(true)
    }
  })

  it('propose filters that are sound and decoders that exist, whatever the topics are', () => {
    const known = Object.values(topics).flatMap((given) => given.map(([topic]) => topic))
    const topic = fc.oneof(
      fc.string(),
      fc.tuple(fc.string(), fc.constantFrom(...known)).map(([before, after]) => `${before}/${after}`),
    )
    fc.assert(
      fc.property(fc.array(topic), (all) => {
        for (const { filter, decoder } of recognisedSchemes(all).flatMap(({ rules }) => rules)) {
          expect(topicFilterProblem(filter)).toBeNull()
          expect(readDecoderName(decoder).ok).toBe(true)
        }
      }),
    )
  })
})
