import { expect, it } from 'vitest'
import { topicNameProblem } from '#shared/mqtt/topicFilter'
import { ownResponseTopic } from './responseTopic'

it('is under what the broker gives for it, else under the client ID', () => {
  expect(ownResponseTopic('meter', 'reserved/7')).toBe('reserved/7/response')
  expect(ownResponseTopic('meter', 'reserved/7/')).toBe('reserved/7/response')
  expect(ownResponseTopic('meter', undefined)).toBe('topicscope/meter/response')
})

it('is a topic name whatever the client ID and the broker say', () => {
  expect(ownResponseTopic('a+b#c', undefined)).toBe('topicscope/a%2Bb%23c/response')
  for (const given of ['', '/', '#', '+/x', 7]) expect(topicNameProblem(ownResponseTopic('meter', given))).toBeNull()
})
