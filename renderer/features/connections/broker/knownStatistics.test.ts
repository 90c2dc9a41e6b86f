import { describe, expect, it } from 'vitest'
import { knownStatistic, numberOf } from './knownStatistics'

describe('a topic below $SYS', () => {
  it.each([
    ['$SYS/broker/clients/connected', 'clients', 'count'],
    ['$SYS/broker/uptime', 'uptime', 'seconds'],
    ['$SYS/broker/bytes/received', 'bytesIn', 'totalBytes'],
    ['$SYS/broker/retained messages/count', 'retained', 'count'],
    ['$SYS/brokers/emqx@127.0.0.1/stats/connections/count', 'clients', 'count'],
    ['$SYS/brokers/emqx@127.0.0.1/metrics/bytes/sent', 'bytesOut', 'totalBytes'],
    ['$SYS/VerneMQ@127.0.0.1/mqtt/publish/received', 'publishIn', 'total'],
  ])('%s is known as %s', (topic, name, kind) => expect(knownStatistic(topic)).toMatchObject({ name, kind }))

  it('of a cluster names its node', () => {
    expect(knownStatistic('$SYS/brokers/emqx@127.0.0.1/uptime')?.node).toBe('emqx@127.0.0.1')
    expect(knownStatistic('$SYS/broker/uptime')?.node).toBe('')
  })

  it.each(['$SYS/broker/anything/else', '$SYS/brokers', '$SYS/else', 'plant/broker/uptime', '$SYS/broker'])(
    '%s is not known',
    (topic) => expect(knownStatistic(topic)).toBeNull(),
  )
})

it.each([
  ['12 seconds', 12],
  ['3.5', 3.5],
  ['-1', -1],
  ['mosquitto version 2', null],
  ['', null],
])('of %j the number is %s', (text, number) => expect(numberOf(text)).toBe(number))
