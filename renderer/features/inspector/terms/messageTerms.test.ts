import { describe, expect, it } from 'vitest'
import type { PublishPropertySet } from '#shared/mqtt/publishProperties'
import { propertyValues } from '../../../model/logSearch/propertyValues'
import { isTerm, parseQuery } from '../../../model/query/parseQuery'
import { printTerm } from '../../../model/query/printQuery'
import { propertyNames, type QueryTerm } from '../../../model/query/queryTerm'
import { messageTerms, negated, propertyTerm, retainTerm, sizeTerm, userPropertyTerm } from './messageTerms'

const message = {
  topic: 'plant/line 1/press',
  outgoing: false,
  qos: 1 as const,
  retain: true,
  dup: true,
  repeat: false,
  copy: true,
  payloadBytes: 62,
}

const readAgain = (term: QueryTerm) => parseQuery(printTerm(term)).map((part) => (isTerm(part) ? part.term : part))

describe('the terms of a message', () => {
  it('are what it is, in the words of the query', () => {
    expect(messageTerms(message).map(printTerm)).toEqual([
      'in',
      'qos:1',
      'retained',
      'dup',
      'copies',
      'topic:"plant/line 1/press"',
      'below:"plant/line 1"',
      'below:plant',
    ])
    expect(printTerm(negated(sizeTerm(message)))).toBe('-size:62')
    expect(printTerm(retainTerm({ retain: false }))).toBe('-retained')
    expect(printTerm(negated(retainTerm({ retain: false })))).toBe('retained')
  })

  it('name some of the levels of a topic that has many', () => {
    const topic = Array.from({ length: 100 }, (_, level) => level).join('/')
    expect(messageTerms({ ...message, topic }).filter(({ test }) => test.kind === 'below')).toHaveLength(6)
  })
})

describe('the term of a property', () => {
  const set: PublishPropertySet = {
    payloadFormatIndicator: 1,
    messageExpirySeconds: 60,
    contentType: 'a "b" \\',
    responseTopic: '/back to/me',
    correlationData: Uint8Array.from([0xff, 0x00]),
    subscriptionIdentifiers: [7],
    topicAlias: 3,
  }

  it.each(propertyNames)('is read as it was printed: %s', (name) => {
    const term = propertyTerm(set, name)
    expect(term && readAgain(term)).toEqual([term])
    const test = term?.test.kind === 'field' && term.test.test
    const value = test && 'value' in test && 'text' in test.value ? test.value.text : null
    expect(propertyValues(set, { source: 'property', name })).toContain(value)
  })

  it('is none where the message has no such property, or several', () => {
    expect(propertyTerm({}, 'content-type')).toBeNull()
    expect(propertyTerm({ subscriptionIdentifiers: [1, 2] }, 'subscription-identifier')).toBeNull()
  })

  it('is read as it was printed for user properties, whatever their names and values', () => {
    for (const name of ['unit', 'a b', 'x:y', 'q"', 'say.what'])
      for (const value of ['', '12', 'true', 'a "quote"', 'space in it']) {
        const term = userPropertyTerm(name, value)
        expect(readAgain(term)).toEqual([term])
      }
  })
})
