import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { discoveryLimits, isDiscoveryTopic, readDiscovery } from './discovery'

const read = (topic: string, config: unknown) =>
  readDiscovery(topic, encodeUtf8(typeof config === 'string' ? config : JSON.stringify(config)))
const sensor = 'homeassistant/sensor/node/id/config'
const device = 'homeassistant/device/id/config'

describe('a discovery message', () => {
  it('stands below a component, with a node or without', () => {
    const topics = ['homeassistant/sensor/id/config', sensor, 'homeassistant/status', 'homeassistant/sensor/config']
    expect(topics.map(isDiscoveryTopic)).toEqual([true, true, false, false])
    expect(isDiscoveryTopic('homeassistant/sensor/a/b/c/config')).toBe(false)
    expect(isDiscoveryTopic('other/sensor/id/config')).toBe(false)
  })

  it('says the same with whole keys and with abbreviated ones', () => {
    const expected = {
      ok: true,
      name: 'Room',
      states: ['a/state'],
      commands: ['a/set'],
      availability: [{ topic: 'a/online', offline: 'gone' }],
      availabilityMode: 'latest',
      expiries: [{ topic: 'a/state', seconds: 60 }],
    }
    const whole = {
      name: 'Room',
      state_topic: 'a/state',
      command_topic: 'a/set',
      availability_topic: 'a/online',
      payload_not_available: 'gone',
      expire_after: 60,
    }
    const short = {
      '~': 'a',
      dev: { name: 'Room' },
      stat_t: '~/state',
      cmd_t: '~/set',
      avty: { t: '~/online', pl_not_avail: 'gone' },
      exp_aft: '60',
    }
    expect(read(sensor, whole)).toEqual(expected)
    expect(read(sensor, short)).toEqual(expected)
  })

  it('takes the base topic at the end, too, and all of several topics', () => {
    const found = read(sensor, { '~': 'a', stat_t: 'x/~', json_attr_t: '~/attributes', temp_cmd_t: '~/t/set', t: '~' })
    expect(found).toMatchObject({ states: ['x/a', 'a/attributes', 'a'], commands: ['a/t/set'] })
    const several = [{ topic: 'x' }, { t: 'y', pl_not_avail: '0' }, 'z', null]
    expect(read(sensor, { availability: several, avty_mode: 'all' })).toMatchObject({
      availability: [
        { topic: 'x', offline: 'offline' },
        { topic: 'y', offline: '0' },
      ],
      availabilityMode: 'all',
    })
  })

  it('of a device holds several components, which share what stands beside them', () => {
    const config = {
      dev: { ids: 'x', name: 'Box' },
      o: { name: 'box2mqtt' },
      cmps: {
        t: { p: 'sensor', val_tpl: '{{ value }}' },
        s: { p: 'switch', cmd_t: 'box/set', stat_t: 'box/switch' },
        old: { p: 'sensor' },
      },
      stat_t: 'box/state',
    }
    const found = { ok: true, name: 'Box', states: ['box/state', 'box/switch'], commands: ['box/set'] }
    expect(read(device, config)).toMatchObject(found)
  })

  it('that is empty removes what was there, and is none', () => {
    expect(read(sensor, '')).toBeNull()
    expect(read('homeassistant/status', 'online')).toBeNull()
  })

  it.each([
    ['characters', 'homeassistant/sensor/a b/config', {}],
    ['component', 'homeassistant/toaster/a/config', {}],
    ['tooLarge', sensor, ' '.repeat(discoveryLimits.bytes + 1)],
    ['json', sensor, '{"name":'],
    ['object', sensor, '["a"]'],
    ['device', device, { o: {}, cmps: {} }],
    ['origin', device, { dev: {}, cmps: {} }],
    ['components', device, { dev: {}, o: {}, cmps: {} }],
    ['platform', device, { dev: {}, o: {}, cmps: { a: { name: 'x' } } }],
  ])('that cannot be read says why: %s', (problem, topic, config) => {
    expect(read(topic, config)).toEqual({ ok: false, problem })
  })
})

const keys = [
  '~',
  'dev',
  'device',
  'o',
  'origin',
  'cmps',
  'components',
  'p',
  'avty',
  'avty_t',
  'stat_t',
  'cmd_t',
  'exp_aft',
  't',
]
const anyConfig = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.jsonValue(),
    fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), tie('node')),
    fc.array(tie('node'), { maxLength: 4 }),
  ),
})).node

describe('whatever comes on a discovery topic', () => {
  it('is read without an exception, and names only topics that are texts', () => {
    fc.assert(
      fc.property(fc.constantFrom(sensor, device), anyConfig, (topic, config) => {
        const found = read(topic, config)
        if (!found?.ok) return
        const topics = [...found.states, ...found.commands, ...found.availability.map((one) => one.topic)]
        expect(topics.every((named) => typeof named === 'string' && named !== '')).toBe(true)
        expect(found.expiries.every(({ seconds }) => seconds > 0)).toBe(true)
      }),
    )
  })

  it('is read without an exception where it is no JSON', () => {
    fc.assert(fc.property(fc.string(), fc.uint8Array(), (topic, bytes) => void readDiscovery(topic, bytes)))
    expect(read(sensor, '['.repeat(900_000))).toEqual({ ok: false, problem: 'json' })
  })
})
