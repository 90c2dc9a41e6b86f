import { describe, expect, it } from 'vitest'
import { flags } from '#shared/model/frame'
import { createConnectionModels } from '../connectionModel'
import { frameOfMessages, type GivenMessage } from '../messageLog/messageLogTesting'
import { createLocalPort } from './localPort'
import type { SeriesPart } from './searchProtocol'
import { writtenNumber, writtenUnit } from './writtenNumber'

const names = { firstTopicId: 0, newTopics: ['a', 'b'], firstMatchSetId: 0, newMatchSets: [[]] }

const open = () => {
  let fail: () => void = () => undefined
  const port = {
    ...createLocalPort(),
    onFailure: (recover: () => void) => {
      fail = recover
    },
  }
  const model = createConnectionModels({ bytes: 2 ** 25, rows: null }, port).create()
  let sequence = 1
  const give = (...messages: readonly (GivenMessage | string)[]) => {
    const given = messages.map((one) => (typeof one === 'string' ? { topicId: 0, payload: one } : one))
    const known = sequence === 1 ? names : { firstTopicId: 2, firstMatchSetId: 1 }
    model.apply(frameOfMessages(sequence, given, known))
    sequence += messages.length
  }
  const follow = (path: readonly (string | number)[], topic = 'a') => {
    const parts: SeriesPart[] = []
    const end = model.search.series.follow({ topic, path }, (part) => parts.push(part))
    return {
      end,
      texts: () => parts.flatMap(({ texts }) => texts),
      numbers: () => parts.flatMap(({ numbers }) => [...numbers]),
      times: () => parts.flatMap(({ times }) => [...times]),
      skipped: () => parts.reduce((sum, part) => sum + part.skipped, 0),
    }
  }
  return { model, give, follow, fail: () => fail() }
}

describe('the series of a field', () => {
  it('begins with what the log has and goes on with what comes', () => {
    const { give, follow } = open()
    give('{"t":1.50}', { topicId: 1, payload: '{"t":9}' }, '{"t":"23,5 °C"}')
    const series = follow(['t'])
    give('{"t":true}', '{"u":1}', 'no JSON')
    expect(series.texts()).toEqual(['1.50', '23,5 °C', 'true'])
    expect(series.numbers()).toEqual([1.5, 23.5, NaN])
    expect(series.times()).toEqual([1_001, 1_003, 1_004])
    expect(series.skipped()).toBe(2)
  })

  it('reads a payload as a whole, JSON or not', () => {
    const { give, follow } = open()
    give('21.5', 'ON', '', '{"t":1}')
    const series = follow([])
    expect(series.texts()).toEqual(['21.5', 'ON', '{"t": 1}'])
    expect(series.skipped()).toBe(1)
  })

  it('leaves out what this client sent itself', () => {
    const { give, follow } = open()
    give({ topicId: 0, payload: '1', flags: flags.outgoing }, '1')
    expect(follow([]).numbers()).toEqual([1])
  })

  it('follows a topic that comes later, and several fields at a time', () => {
    const { give, follow } = open()
    const [one, other] = [follow(['t']), follow(['u'])]
    give('{"t":1,"u":2}')
    expect([one.numbers(), other.numbers()]).toEqual([[1], [2]])
  })

  it('goes on in an engine that was started anew, without telling a value twice', () => {
    const { give, follow, fail } = open()
    give('1', '2')
    const series = follow([])
    give('3')
    fail()
    give('4')
    expect(series.numbers()).toEqual([1, 2, 3, 4])
  })

  it('tells nothing more after its end', () => {
    const { give, follow } = open()
    const series = follow([])
    give('1')
    series.end()
    give('2')
    expect(series.numbers()).toEqual([1])
  })
})

describe('a number in a text', () => {
  it.each([
    ['23.5', 23.5, ''],
    ['23,5 °C', 23.5, '°C'],
    ['-4 dBm', -4, 'dBm'],
    ['55%', 55, '%'],
    [' 1e3 W ', 1_000, 'W'],
    ['230 V AC', 230, 'V AC'],
  ])('%s', (text, number, unit) => {
    expect(writtenNumber(text)).toBe(number)
    expect(writtenUnit(text)).toBe(unit)
  })

  it.each(['', 'ON', '12:30', '2024-01-02', '1.2.3', '1,234,567', '10.0.0.1', '0x1F', '5 of 7'])('none in %s', (text) =>
    expect(writtenNumber(text)).toBeNaN(),
  )
})
