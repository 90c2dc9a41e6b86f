import { describe, expect, it } from 'vitest'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import { proposedFilters } from './proposedFilters'

const nothingSeen = { levelsBelow: () => [] }
const first = (topic: string, below: Readonly<Record<string, readonly string[]>> = {}) =>
  proposedFilters(topic, { levelsBelow: (at) => below[at] ?? [] })[0]

describe('filters for topics like one', () => {
  it.each([
    ['plant/12/temperature', 'plant/+/temperature'],
    ['plant/line3/temp', 'plant/+/temp'],
    ['plant/room-3/device_0042/state', 'plant/+/+/state'],
    ['devices/550e8400-e29b-41d4-a716-446655440000/up', 'devices/+/up'],
    ['devices/aa:bb:cc:dd:ee:ff/status', 'devices/+/status'],
    ['zigbee2mqtt/0x00158d0001a2b3c4', 'zigbee2mqtt/+'],
    ['shellies/shelly1-A4CF12F4/relay/0', 'shellies/+/relay/+'],
    ['msh/EU_868/2/e/LongFast/!a1b2c3d4', 'msh/+/+/e/LongFast/+'],
    ['v3/app@ttn/devices/eui-70b3d57ed0051234/up', 'v3/app@ttn/devices/+/up'],
    ['a/01ARZ3NDEKTSV4RRFFQ69G5FAV/b', 'a/+/b'],
    ['log/2026/11/30', 'log/+/+/+'],
    ['温室/12/湿度', '温室/+/湿度'],
  ])('have + for ids and numbers: %s', (topic, filter) => {
    expect(first(topic)).toBe(filter)
  })

  it.each([
    'plant/temperature',
    'home/kitchen/co2',
    'home/kitchen/pm25',
    'spBv1.0/group/NDATA/edge',
    'api/v2/state',
    '$SYS/broker/load',
    'facade/decade/beef',
    'zigbee2mqtt/lamp',
    'sensor7/state',
    'a//b',
  ])('are the topic itself where nothing in it is one of many: %s', (topic) => {
    expect(first(topic)).toBe(topic)
  })

  it('take what was seen beside a level for a sign', () => {
    expect(first('sensor7/state', { '': ['sensor7', 'sensor8'] })).toBe('+/state')
    expect(first('rack/fan1', { rack: ['fan1', 'fan2'] })).toBe('rack/+')
    expect(first('air/pm10', { air: ['pm10', 'pm25'] })).toBe('air/+')
    expect(first('air/co2', { air: ['co2', 'o3'] })).toBe('air/co2')
  })

  it('also offer the topic itself, and what is below its branch', () => {
    expect(proposedFilters('plant/12/t', nothingSeen)).toEqual(['plant/+/t', 'plant/12/t', 'plant/12/#'])
    expect(proposedFilters('plain', nothingSeen)).toEqual(['plain'])
  })

  it('keep $ at the first level, and are none for a name that no filter can stand for', () => {
    expect(first('$aws/things/thing12/shadow', {})).toBe('$aws/things/+/shadow')
    expect(first('$1/x')).toBe('$1/x')
    expect(proposedFilters('a/+/b', nothingSeen)).toEqual([])
    expect(proposedFilters('$share/group/x', nothingSeen)).toEqual([])
  })

  it('are filters, whatever the topic', () => {
    for (const topic of ['/', '//', ' 1 ', `${'1/'.repeat(300)}x`, '1'.repeat(60_000)])
      for (const filter of proposedFilters(topic, nothingSeen)) expect(topicFilterProblem(filter)).toBeNull()
  })
})
