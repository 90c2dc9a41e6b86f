import { describe, expect, it } from 'vitest'
import { errorOfIssue } from '#shared/schemaIssue'
import { publishFileRequestSchema, publishRequestSchema } from './publish'

const request = { connectionId: 'a', topic: 't', payload: new Uint8Array(), qos: 0, retain: false, properties: {} }

/** The first issue: its path, and the error a rule refused with or the code of its shape. */
const problemOf = (given: object) => {
  const parsed = publishRequestSchema.safeParse({ ...request, ...given })
  const [issue] = parsed.error?.issues ?? []
  if (!issue) return null
  return { field: issue.path.join('.'), ...(errorOfIssue(issue) ?? { code: issue.code }) }
}

describe('a publish request', () => {
  it('passes with everything a PUBLISH may carry', () => {
    const properties = {
      payloadFormatIndicator: 1,
      contentType: 'x'.repeat(65535),
      responseTopic: 'answer/to',
      correlationData: new Uint8Array(65535),
      messageExpirySeconds: 0xffffffff,
      userProperties: [['', 'ü']],
    }
    expect(problemOf({ properties })).toBeNull()
  })

  it.each([
    ['a wildcard', { topic: 'a/+' }, { field: 'topic', values: { detail: 'wildcardInTopic', column: 2 } }],
    ['no character', { topic: '' }, { field: 'topic', values: { detail: 'empty', column: 0 } }],
    ['too many bytes', { topic: 'ü'.repeat(32_768) }, { field: 'topic', values: { detail: 'tooLong', column: 0 } }],
    ['a NUL', { topic: 'a\0' }, { field: 'topic', values: { detail: 'nul', column: 1 } }],
    [
      'a wildcard in the response topic',
      { properties: { responseTopic: '#' } },
      { field: 'properties.responseTopic', values: { detail: 'wildcardInTopic', column: 0 } },
    ],
  ])('is refused for a topic with %s', (_kind, given, expected) => {
    expect(problemOf(given)).toMatchObject({ code: 'topicInvalid', ...expected })
  })

  it.each([
    ['contentType', 'x'.repeat(65_536), 'properties.contentType', { size: 65_536, limit: 65_535 }],
    ['correlationData', new Uint8Array(65_536), 'properties.correlationData', { size: 65_536, limit: 65_535 }],
    [
      'userProperties',
      [
        ['a', 'b'],
        ['c', 'x'.repeat(65_536)],
      ],
      'properties.userProperties.1.1',
      { size: 65_536 },
    ],
    ['contentType', 'a\0b', 'properties.contentType', undefined],
  ])('is refused for its %s, which names its length', (name, ...[value, field, values]) => {
    const problem = problemOf({ properties: { [name]: value } })
    expect(problem).toMatchObject({ code: 'invalidInput', field, ...(values && { values }) })
  })

  it('is refused for what has another shape', () => {
    expect(problemOf({ properties: { correlationData: 'text' } })).toMatchObject({ code: 'custom' })
    expect(problemOf({ properties: { messageExpirySeconds: 4_294_967_296 } })).toMatchObject({ code: 'too_big' })
  })

  it('of a file has the same rules', () => {
    const { payload: _payload, ...rest } = request
    expect(publishFileRequestSchema.safeParse({ ...rest, fileToken: 'f' }).success).toBe(true)
    expect(publishFileRequestSchema.safeParse({ ...rest, fileToken: 'f', topic: '#' }).success).toBe(false)
  })
})
