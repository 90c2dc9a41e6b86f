import { flags } from '#shared/model/frame'
import { createMessageLog } from '../../../model/messageLog/messageLog'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { frameOfMessages, type GivenMessage } from '../../../model/messageLog/messageLogTesting'

/** For tests: topics by their numbers, and the sets of matching subscriptions by theirs. */
const topicNames = ['a', 'b']
const matchSets = [['s1'], ['s1', 's2']]

/** For tests: a message received on topic `a` for `s1`, QoS 0. */
export const came = (time: number, given: Partial<GivenMessage> = {}): GivenMessage => ({
  topicId: 0,
  payload: 'x',
  time,
  ...given,
})

/** For tests: the same, published by us. */
export const sent = (time: number, given: Partial<GivenMessage> = {}): GivenMessage => ({
  ...came(time, given),
  flags: flags.outgoing | (given.flags ?? 0),
})

/** For tests: a log of these messages, and the last of them. `gone` = how many of them the row limit evicted. */
export const logOf = (list: readonly GivenMessage[], gone = 0) => {
  const limits = { bytes: 2 ** 30, rows: gone === 0 ? null : list.length - gone }
  const log = createMessageLog({ topicNames, matchSets, limits })
  log.append(frameOfMessages(1, list))
  return { log, last: log.messageOf(list.length) as MessageView }
}
