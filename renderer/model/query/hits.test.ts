import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { finderInPart, hitsOf } from './hits'
import { parseQuery } from './parseQuery'

const hitsIn = (query: string, text: string) => {
  const { inTopic, inPayload } = hitsOf(parseQuery(query))
  const shown = (find: typeof inTopic) => find && find(text).map(({ from, to }) => text.slice(from, to))
  return { topic: shown(inTopic), payload: shown(inPayload) }
}

describe('the hits of a query', () => {
  it('are its words and phrases in any case, each place once', () => {
    expect(hitsIn('Press "e s"', 'the press, the PRESS')).toEqual({
      topic: ['e press', 'e PRESS'].map((text) => text.slice(2)),
      payload: ['press', 'PRESS'],
    })
    expect(hitsIn('abc bcd', 'xabcdx').payload).toEqual(['abcd'])
    expect(hitsIn('ab', 'ababab').payload).toEqual(['ababab'])
  })

  it('stand where the text has them, also where its lower case is longer', () => {
    expect(hitsIn('tan', '\u0130\u0130 Istanbul').payload).toEqual(['tan'])
    expect(hitsIn('stra\u00dfe', 'STRA\u00dfE').payload).toEqual(['STRA\u00dfE'])
  })

  it('are the names of payload fields, and these not in topics', () => {
    expect(hitsIn('$.a.temp > 3', '{"a":{"temp":4}}')).toEqual({ topic: null, payload: ['"temp"'] })
    expect(hitsIn('$[3] = 1', '[1,2,3,1]').payload).toBeNull()
  })

  it('are not what must not be there, nor what is asked of other facts', () => {
    expect(hitsIn('-press qos:1 retained', 'press')).toEqual({ topic: null, payload: null })
  })

  it('are those of an expression that is quick, and of no other', () => {
    expect(hitsIn('/pr[a-z]+s/i', 'a Press, a pros').payload).toEqual(['Press', 'pros'])
    expect(hitsIn('/x*/', 'aab').payload).toEqual([])
    expect(hitsIn('/(a+)+$/', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab').payload).toBeNull()
    expect(hitsIn('/(a)\\1/', 'aa').payload).toBeNull()
  })

  it('have a first byte, which is where a row begins to show a payload', () => {
    const placeIn = hitsOf(parseQuery('needle -hay')).placeIn
    expect(placeIn?.(encodeUtf8('h\u00e4y NEEDLE'))).toBe(5)
    expect(placeIn?.(encodeUtf8('hay'))).toBe(-1)
    expect(hitsOf(parseQuery('qos:1')).placeIn).toBeNull()
  })

  it('are found in a part of a text where they reach beyond it', () => {
    const whole = 'plant/line1/press'
    const { inTopic } = hitsOf(parseQuery('nt/line1/p'))
    const inPart = (from: number, to: number) => {
      const part = whole.slice(from, to)
      return finderInPart(inTopic, whole, { from, to })?.(part).map((hit) => part.slice(hit.from, hit.to))
    }
    expect([inPart(0, 5), inPart(6, 11), inPart(12, 17)]).toEqual([['nt'], ['line1'], ['p']])
  })
})
