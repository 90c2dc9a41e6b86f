import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import type { RecordedMessage } from '#shared/recording/recordedMessage'
import { createReplayedMessages } from './replayedMessage'
import { createTopicRewriter } from './rewrittenTopic'

const recorded = (given: Partial<RecordedMessage> = {}): RecordedMessage => ({
  time: 1_000_000_000n,
  topic: 'a/b',
  payload: encodeUtf8('x'),
  qos: 1,
  retain: true,
  dup: true,
  direction: 'in',
  connection: 'c',
  packetId: 7,
  properties: {},
  ...given,
})

const choices: Parameters<typeof createReplayedMessages>[0] = {
  include: [],
  exclude: [],
  rewrites: [],
  prefix: '',
  direction: 'all',
  withoutEchoes: true,
  qos: null,
  retain: null,
  keepsProperties: true,
}
const version5 = { takesProperties: true }

describe('a topic that is made anew', () => {
  it.each([
    ['plant/+/temp', 'site/$1/t', 'plant/7/temp', 'p/site/7/t'],
    ['plant/#', 'x/$1', 'plant/a/b', 'p/x/a/b'],
    ['plant/#', 'x/$1', 'plant', 'p/x/'],
    ['+/+/#', '$3/$1', 'a/b/c/d', 'p/c/d/a'],
    ['plant/+', 'cost/$5', 'plant/a', 'p/cost/$5'],
    ['other/#', 'x', 'plant/a', 'p/plant/a'],
    ['#', 'x', '$SYS/a', 'p/$SYS/a'],
  ])('%s => %s makes of %s %s', (...row) => {
    const [filter, topic, given, expected] = row
    expect(createTopicRewriter([{ filter, topic }], 'p/')(given)).toBe(expected)
  })

  it('the first rule that matches counts', () => {
    const topicOf = createTopicRewriter(
      [
        { filter: 'a/b', topic: 'first' },
        { filter: 'a/#', topic: 'second' },
      ],
      '',
    )
    expect(['a/b', 'a/c'].map(topicOf)).toEqual(['first', 'second'])
  })
})

describe('a recorded message that is sent again', () => {
  it('has what belongs to it, and not what belongs to its delivery', () => {
    const properties = {
      payloadFormatIndicator: 1,
      contentType: 'text/plain',
      responseTopic: 'answers/1',
      correlationData: encodeUtf8('id'),
      subscriptionIdentifiers: [3],
      topicAlias: 2,
      messageExpirySeconds: 60,
      userProperties: [['k', 'v']] as [string, string][],
    }
    const made = createReplayedMessages({ ...choices, prefix: 'p/' }, version5)(recorded({ properties }))
    expect(made).toEqual({
      kind: 'message',
      message: {
        topic: 'p/a/b',
        payload: encodeUtf8('x'),
        qos: 1,
        retain: true,
        properties: {
          payloadFormatIndicator: 1,
          contentType: 'text/plain',
          responseTopic: 'p/answers/1',
          correlationData: encodeUtf8('id'),
          messageExpirySeconds: 60,
          userProperties: [['k', 'v']],
        },
      },
    })
  })

  it('has no properties where the connection takes none, and another QoS and retain where that is wanted', () => {
    const properties = { contentType: 'x' }
    const made = createReplayedMessages({ ...choices, qos: 0, retain: false }, { takesProperties: false })
    expect(made(recorded({ properties }))).toMatchObject({ message: { qos: 0, retain: false, properties: {} } })
  })

  it('is left out by its topic and its direction', () => {
    const made = createReplayedMessages({ ...choices, include: ['a/#'], exclude: ['a/no'], direction: 'in' }, version5)
    const kinds = [
      recorded(),
      recorded({ topic: 'a/no' }),
      recorded({ topic: 'b' }),
      recorded({ direction: 'out' }),
      recorded({ direction: null }),
    ].map((one) => made(one).kind)
    expect(kinds).toEqual(['message', 'leftOut', 'leftOut', 'leftOut', 'message'])
  })

  it('an echo is what came back of what was sent: once, soon, with the same payload, on the same connection', () => {
    const made = createReplayedMessages(choices, version5)
    const second = 1_000_000_000n
    const kinds = [
      recorded({ direction: 'out' }),
      recorded({ connection: 'other' }),
      recorded({ payload: encodeUtf8('y') }),
      recorded(),
      recorded(),
      recorded({ direction: 'out', time: 2n * second }),
      recorded({ time: 20n * second }),
    ].map((one) => made(one).kind)
    expect(kinds).toEqual(['message', 'message', 'message', 'echo', 'message', 'message', 'message'])
  })
})
