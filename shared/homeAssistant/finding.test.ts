import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { readDiscovery } from './discovery'
import { findingOf, type TopicSight } from './finding'
import { orphansAmong } from './orphans'

const readingOf = (config: object) => {
  const reading = readDiscovery('homeassistant/sensor/x/config', encodeUtf8(JSON.stringify(config)))
  if (!reading) throw new Error('That is no discovery.')
  return reading
}
const silent: TopicSight = { retained: null, heard: null, listenedSince: 100 }
const kept = (text: string): TopicSight => ({ ...silent, retained: encodeUtf8(text) })
const heard = (text: string, at: number): TopicSight => ({ ...silent, heard: { at, first: encodeUtf8(text) } })
const judge = (config: object, sights: Record<string, TopicSight> = {}, now = 1_000_000) =>
  findingOf(readingOf(config), { now, sightOf: (topic) => sights[topic] ?? silent })

const state = { stat_t: 'a/state', avty_t: 'a/online' }

describe('a discovery message whose device', () => {
  it('was not seen says which topics were listened to, and since when', () => {
    expect(judge(state)).toEqual({ kind: 'silent', topics: ['a/state', 'a/online'], since: 100 })
    const later = judge(state, { 'a/online': { ...silent, listenedSince: 500 } })
    expect(later).toMatchObject({ kind: 'silent', since: 500 })
  })

  it('is not listened to says no more than that', () => {
    expect(judge(state, { 'a/online': { ...silent, listenedSince: null } })).toMatchObject({ kind: 'unheard' })
  })

  it('has a retained message, or was heard, is left alone', () => {
    expect(judge(state, { 'a/state': kept('1') })).toBeNull()
    expect(judge(state, { 'a/state': heard('1', 400) })).toBeNull()
    expect(judge(state, { 'a/online': kept('online') })).toBeNull()
  })

  it('names no topic that it publishes to, or a filter, is not judged', () => {
    expect(judge({ cmd_t: 'a/set' })).toBeNull()
    expect(judge({ stat_t: 'a/+' })).toBeNull()
  })

  it('said that it is offline is found, also in an object', () => {
    expect(judge(state, { 'a/state': kept('1'), 'a/online': kept('offline') })).toMatchObject({ kind: 'offline' })
    const json = '{"state":"offline"}'
    expect(judge(state, { 'a/online': kept(json) })).toEqual({ kind: 'offline', topic: 'a/online', payload: json })
    expect(judge({ ...state, pl_not_avail: '0' }, { 'a/online': kept('offline') })).toBeNull()
  })

  it('came back after a retained offline is left alone', () => {
    const back = { ...kept('offline'), heard: { at: 500, first: encodeUtf8('online') } }
    expect(judge(state, { 'a/online': back })).toBeNull()
  })

  it('has several topics of availability is offline by their mode', () => {
    const both = { stat_t: 's', avty: [{ t: 'x' }, { t: 'y' }] }
    const one = { x: kept('offline'), y: kept('online') }
    expect(judge({ ...both, avty_mode: 'all' }, one)).toMatchObject({ kind: 'offline', topic: 'x' })
    expect(judge({ ...both, avty_mode: 'any' }, one)).toBeNull()
    expect(judge(both, one)).toBeNull()
    expect(judge(both, { x: kept('offline'), y: kept('offline') })).toMatchObject({ kind: 'offline' })
  })

  it('sent nothing for longer than expire_after has expired', () => {
    const expiring = { stat_t: 's', exp_aft: 60 }
    expect(judge(expiring, { s: heard('1', 900_000) })).toEqual({
      kind: 'expired',
      topic: 's',
      seconds: 60,
      since: 900_000,
    })
    expect(judge(expiring, { s: heard('1', 950_000) })).toBeNull()
    expect(judge(expiring, { s: { ...heard('1', 5), listenedSince: 990_000 } })).toBeNull()
    expect(judge(expiring, { s: { ...heard('1', 5), listenedSince: null } })).toBeNull()
  })

  it('cannot be read says why', () => {
    expect(findingOf({ ok: false, problem: 'json' }, { now: 0, sightOf: () => silent })).toEqual({
      kind: 'unreadable',
      problem: 'json',
    })
  })
})

describe('orphans', () => {
  const named = [readingOf({ stat_t: 'house/lamp', cmd_t: 'house/lamp/set', avty_t: 'gate/online' })].flatMap(
    (reading) => (reading.ok ? [reading] : []),
  )
  const of = (...topics: readonly string[]) => orphansAmong(topics, named).map((place) => topics[place])

  it('are retained states that no discovery names', () => {
    expect(of('house/lamp', 'house/old', 'house/lamp/set', 'other/old/state', 'gate/online')).toEqual([
      'house/old',
      'other/old/state',
    ])
  })

  it('are not what other things keep, nor what a gateway says of itself', () => {
    expect(of('plan/b', '$SYS/broker/state', 'house/bridge/devices', 'homeassistant/status', 'house')).toEqual([])
  })

  it('are nothing where nothing is discovered', () => {
    expect(orphansAmong(['a/state'], [])).toEqual([])
  })
})
