import { describe, expect, it } from 'vitest'
import { flags } from '#shared/model/frame'
import { createConnectionModels } from '../connectionModel'
import { frameOfMessages, type GivenMessage } from '../messageLog/messageLogTesting'
import { parseQuery } from '../query/parseQuery'
import { resolveQuery } from '../query/resolveQuery'
import { createMessageLog } from '../messageLog/messageLog'
import { createCheckScan } from './checkScan'
import { createLocalPort } from './localPort'
import { createLogMirror, type LogMirror } from './logMirror'
import { createLogSearches } from './logSearch'
import { noRules, type LogRules } from './logRules'
import type { SearchRequest } from './searchProtocol'

const names = { firstTopicId: 0, newTopics: ['hall/1/t', 'hall/2/t', 'other'], firstMatchSetId: 0, newMatchSets: [[]] }

const celsius = '{"type":"object","required":["c"],"properties":{"c":{"type":"number","maximum":40}}}'
const bound: LogRules = { ...noRules, checks: [{ filter: 'hall/#', schema: celsius }] }

const open = (budget = 2 ** 25) => {
  let fail: () => void = () => undefined
  const port = {
    ...createLocalPort(),
    onFailure: (recover: () => void) => {
      fail = recover
    },
  }
  const model = createConnectionModels({ bytes: budget, rows: null }, port).create()
  let sequence = 1
  const give = (...messages: readonly (GivenMessage | string)[]) => {
    const given = messages.map((one) => (typeof one === 'string' ? { topicId: 0, payload: one } : one))
    model.apply(frameOfMessages(sequence, given, sequence === 1 ? names : { firstTopicId: 3, firstMatchSetId: 1 }))
    sequence += messages.length
  }
  const { checks } = model.search
  const found = (query: string) => {
    const { terms } = resolveQuery(parseQuery(query), { subscriptions: [], now: 0 })
    model.search.start({ terms, mutedIds: [] }, model.log.endRow())
    const rows = model.search.found()?.rows
    return Array.from({ length: rows?.count() ?? 0 }, (_, place) => rows?.rowAt(place))
  }
  return { model, give, checks, found, fail: () => fail() }
}

describe('messages held against schemas', () => {
  it('counts all that the log has and all that come, by topic and for what is below a branch', () => {
    const { model, give, checks } = open()
    give('{"c":20}', '{"c":50}', { topicId: 1, payload: 'no JSON' }, { topicId: 2, payload: '{}' })
    expect(checks.isOn()).toBe(false)
    model.setRules(bound)
    give({ topicId: 1, payload: '{}' }, '{"c":1}')
    expect(checks.countsOf('hall/1/t')).toEqual({ checked: 3, differing: 1, unchecked: 0 })
    expect(checks.countsOf('hall/2/t')).toEqual({ checked: 2, differing: 2, unchecked: 0 })
    expect(checks.countsOf('other')).toBeNull()
    expect(checks.countsBelow('hall')).toEqual({ checked: 5, differing: 3, unchecked: 0 })
    expect(checks.total()).toEqual({ checked: 5, differing: 3, unchecked: 0 })
    expect([0, 1, 2, 3, 4, 5].filter(checks.differsAt)).toEqual([1, 2, 4])
    expect(checks.missed()).toBe(0)
  })

  it('holds the decoded value against the schema, and what cannot be decoded does not conform', () => {
    const { model, give, checks } = open()
    model.setRules({ ...bound, decoding: [{ id: 'r', filter: '#', decoder: 'cbor', charset: null, schema: null }] })
    const cbor = (hex: string) => ({ topicId: 0, payload: Uint8Array.from(Buffer.from(hex, 'hex')) })
    // {"c": 20}, {"c": 300}, and a map that is cut short.
    give(cbor('a1616314'), cbor('a1616319012c'), cbor('a16163'))
    expect(checks.countsOf('hall/1/t')).toEqual({ checked: 3, differing: 2, unchecked: 0 })
    expect([0, 1, 2].filter(checks.differsAt)).toEqual([1, 2])
  })

  it('leaves out what this client sent, and counts apart what cannot be checked', () => {
    const { model, give, checks } = open()
    const endless = '{"$ref":"#"}'
    model.setRules({
      ...noRules,
      checks: [
        { filter: 'hall/1/t', schema: endless },
        { filter: 'hall/2/t', schema: null },
        { filter: '#', schema: celsius },
      ],
    })
    give('1', { topicId: 1, payload: '1' }, { topicId: 2, payload: '1', flags: flags.outgoing })
    expect(checks.total()).toEqual({ checked: 0, differing: 0, unchecked: 2 })
    expect(checks.countsOf('other')).toBeNull()
  })

  it('keeps its counts when messages are evicted, and begins anew with other rules', () => {
    const { model, give, checks } = open(2 ** 20)
    model.setRules(bound)
    const filler = { topicId: 2, payload: new Uint8Array(2 ** 16) }
    give('{}')
    for (let count = 0; count < 64; count += 1) give(filler)
    expect(model.log.firstKeptRow()).toBeGreaterThan(0)
    expect(checks.countsOf('hall/1/t')).toMatchObject({ differing: 1 })
    expect(checks.differsAt(0)).toBe(false)
    model.setRules({ ...bound, checks: [{ filter: '#', schema: 'true' }] })
    expect(checks.countsOf('hall/1/t')).toBeNull()
    expect(checks.total().checked).toBe(model.log.endRow() - model.log.firstKeptRow())
    model.setRules(noRules)
    expect(checks.isOn()).toBe(false)
    expect(checks.total().checked).toBe(0)
  })

  it('goes on in an engine that was started anew, without counting a message twice', () => {
    const { model, give, checks, fail } = open()
    model.setRules(bound)
    give('{}', '{"c":1}')
    fail()
    give('{}')
    expect(checks.countsOf('hall/1/t')).toEqual({ checked: 3, differing: 2, unchecked: 0 })
    expect([0, 1, 2].filter(checks.differsAt)).toEqual([0, 2])
  })

  it('counts what is in the log after a clear, and all of it again when that is undone', () => {
    const { model, give } = open()
    model.setRules(bound)
    give('{}', '{"c":1}')
    model.clear()
    give('{}')
    expect(model.search.checks.total()).toEqual({ checked: 1, differing: 1, unchecked: 0 })
    model.undoClear()
    expect(model.search.checks.total()).toEqual({ checked: 3, differing: 2, unchecked: 0 })
  })

  it('finds messages by what became of them', () => {
    const { model, give, found } = open()
    give('{}', '{"c":1}', { topicId: 1, payload: '{"c":99}' }, { topicId: 2, payload: '{}' })
    model.setRules(bound)
    expect(found('schema:invalid')).toEqual([0, 2])
    expect(found('schema:valid')).toEqual([1])
    expect(found('schema:unchecked')).toEqual([])
    expect(found('-schema:invalid below:hall')).toEqual([1])
  })
})

describe('a pattern that finds no end', () => {
  const openStuck = (schema: string) => {
    const posted: SearchRequest[] = []
    const timers: (() => void)[] = []
    let restarts = 0
    // An engine that is never heard of again.
    const port = {
      post: (request: SearchRequest) => void posted.push(request),
      listen: () => undefined,
      restart: () => void (restarts += 1),
      onFailure: () => undefined,
    }
    const later = (run: () => void) => {
      timers.push(run)
      return () => void timers.splice(timers.indexOf(run) >>> 0, 1)
    }
    const log = createMessageLog({
      topicNames: ['a'],
      matchSets: [[]],
      limits: { bytes: 2 ** 20, rows: null },
      onChange: () => undefined,
    })
    log.append(frameOfMessages(1, [{ topicId: 0, payload: '"aaaa"' }]))
    const search = createLogSearches(port, undefined, later)(log)
    search.setRules({ ...noRules, checks: [{ filter: '#', schema }] })
    search.follow()
    for (let time = 0; time < 10; time += 1) timers.shift()?.()
    return {
      search,
      restarts: () => restarts,
      told: () => posted.flatMap((one) => (one.kind === 'rules' ? [one] : [])),
    }
  }

  it('ends the checks, and starts the thread anew without them', () => {
    const { search, restarts, told } = openStuck('{"pattern":"^(a+)+$"}')
    expect(search.checks.isStuck()).toBe(true)
    expect(restarts()).toBe(1)
    expect(told().map(({ rules }) => rules.checks.length)).toEqual([1])
    search.setRules({ ...noRules, checks: [{ filter: '#', schema: 'true' }] })
    expect(search.checks.isStuck()).toBe(false)
    expect(told().at(-1)).toMatchObject({ check: { fromRow: 0 } })
  })

  it('is not looked for where a schema has no pattern', () => {
    expect(openStuck('{"type":"string"}').restarts()).toBe(0)
  })
})

it('counts what was gone before it could be looked at', () => {
  const evicted: LogMirror = {
    ...createLogMirror(),
    firstRow: () => 5,
    endRow: () => 6,
    rangeFrom: () => null,
  }
  const scan = createCheckScan(evicted, bound, 2)
  while (!scan.isDone()) scan.step()
  expect(scan.take()).toMatchObject({ missed: 3, endRow: 6, isDone: true })
  expect(scan.take()).toBeNull()
})
