import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { SenderStatus } from '#shared/model/sender'
import { createSenderNews } from './senderNews'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A sender of which nothing but its name matters. */
const senderOf = (senderId: string) => {
  let isSettled = false
  return {
    status: () => ({ ...statusOf, senderId }),
    isSettled: () => isSettled,
    settle: () => (isSettled = true),
  }
}

const statusOf: SenderStatus = {
  connectionId: 'c',
  senderId: '',
  name: '',
  topic: '',
  qos: 0,
  pace: { kind: 'pauses' },
  devices: 1,
  startedAt: 0,
  counts: { sent: 0, acknowledged: 0, refused: 0, lost: 0, interrupted: 0, skipped: 0 },
  unanswered: 0,
  late: 0,
  planned: null,
  progress: null,
  rate: 0,
  wantedRate: null,
  driftMs: 0,
  intervals: null,
  recent: [],
  clientsOnline: null,
  firstRefusal: null,
  end: null,
}

it('tells of all that run together, and of each once more when it is over', () => {
  const told: string[] = []
  const news = createSenderNews((statuses) => told.push(statuses.map(({ senderId }) => senderId).join(' ')))
  const [one, two, three] = [senderOf('1'), senderOf('2'), senderOf('3')]
  for (const sender of [one, two, three]) news.follow(sender)
  news.now(two)
  expect(told.splice(0)).toEqual(['2'])
  vi.advanceTimersByTime(500)
  expect(told.splice(0)).toEqual(['1 2 3', '1 2 3'])
  two.settle()
  news.forget(three)
  vi.advanceTimersByTime(500)
  expect(told.splice(0)).toEqual(['1 2', '1'])
  news.now(two)
  one.settle()
  news.now(one)
  expect(told.splice(0)).toEqual(['1'])
  expect(vi.getTimerCount()).toBe(0)
})
