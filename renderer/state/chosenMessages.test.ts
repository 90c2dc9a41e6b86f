import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameOfMessages } from '../model/messageLog/messageLogTesting'
import type { Connection } from './app'
import { openTestWindow } from '../testing/testWindow'
import { chosenCount, chosenMessages, countMeantWith, meantWith, sumPayloads } from './chosenMessages'
import { selectionState, selectSelectedSequence } from './selection'
import { settingsState } from './settings'

interface Opened {
  readonly connection: Connection
  /** More messages; before them, so many were dropped. */
  readonly add: (count: number, dropped?: number) => void
  readonly keepAtMost: (rows: number) => void
  readonly kept: () => readonly number[]
}

const open = (): Opened => {
  const { app, connection, receive } = openTestWindow({ budgetBytes: 2 ** 26 })
  let next = 1
  return {
    connection,
    add: (count, dropped = 0) => {
      const names = next === 1 ? { firstTopicId: 0, newTopics: ['t'], firstMatchSetId: 0, newMatchSets: [[]] } : {}
      next += dropped
      const messages = Array.from({ length: count }, (_, index) => ({
        topicId: 0,
        payload: 'x'.repeat((next + index) % 7),
      }))
      receive([frameOfMessages(next, messages, { ...names, droppedBefore: dropped })])
      next += count
    },
    keepAtMost: (logRowLimit) => void app.get(settingsState).save({ logRowLimit }),
    kept: () => {
      const { log } = connection.model
      const all = Array.from({ length: next }, (_, sequence) => sequence)
      return all.filter((sequence) => log.rowOfSequence(sequence) !== null)
    },
  }
}

type Step = readonly [kind: 'one' | 'extend' | 'add' | 'toggle' | 'all' | 'evict' | 'more', at: number]

/** What a person means after the steps, found with a set of all sequence numbers. */
const follow = ({ connection, add, keepAtMost, kept }: Opened, steps: readonly Step[]) => {
  const naive = new Set<number>()
  let anchor: number | null = null
  const state = () => connection.get(selectionState)
  const put = (one: number, other: number) => {
    for (let each = Math.min(one, other); each <= Math.max(one, other); each++) naive.add(each)
  }
  for (const [kind, at] of steps) {
    const all = kept()
    const sequence = all[at % all.length] ?? 1
    if (kind === 'evict') keepAtMost(1_000 + at)
    else if (kind === 'more') add(at + 1, at % 3)
    else if (kind === 'one') {
      state().selectMessage(sequence)
      naive.clear()
      put(sequence, (anchor = sequence))
    } else if (kind === 'extend' || kind === 'add') {
      state().extendTo(sequence, kind === 'add')
      if (kind === 'extend') naive.clear()
      anchor ??= sequence
      put(anchor, sequence)
    } else if (kind === 'toggle') {
      state().toggleMessage(sequence)
      anchor = sequence
      if (!naive.delete(sequence)) naive.add(sequence)
    } else {
      const [from = 1] = all
      state().chooseRange({ from, to: all.at(-1) ?? 1 })
      naive.clear()
      put(from, all.at(-1) ?? 1)
      anchor = from
    }
  }
  return { naive: kept().filter((sequence) => naive.has(sequence)), state }
}

describe('messages that are chosen together', () => {
  const step = fc.tuple(
    fc.constantFrom('one', 'extend', 'add', 'toggle', 'all', 'evict', 'more'),
    fc.nat(1_200),
  ) as fc.Arbitrary<Step>

  it('are those that a set would hold, as far as the log still has them', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const opened = open()
        opened.add(900)
        opened.add(400, 5)
        const { naive } = follow(opened, steps)
        const { connection } = opened
        const messages = [...chosenMessages(connection)]
        expect(messages.map(({ sequence }) => sequence)).toEqual(naive)
        expect(chosenCount(connection)).toBe(naive.length)
        const sum = sumPayloads(connection)
        while (sum.advance());
        expect(sum.bytes()).toBe(messages.reduce((total, { payloadBytes }) => total + payloadBytes, 0))
      }),
      { numRuns: 40 },
    )
  })

  it('are meant with one of them, and with no other', () => {
    const { connection, add } = open()
    add(5)
    connection.get(selectionState).chooseRange({ from: 2, to: 4 })
    const sequencesWith = (sequence: number) => {
      const message = connection.model.log.messageOf(sequence)
      if (!message) throw new Error('There is no such message.')
      return [countMeantWith(connection, message), [...meantWith(connection, message)].map((one) => one.sequence)]
    }
    expect(sequencesWith(3)).toEqual([3, [2, 3, 4]])
    expect(sequencesWith(5)).toEqual([1, [5]])
    expect(selectSelectedSequence(connection.get(selectionState))).toBe(4)
  })
})
