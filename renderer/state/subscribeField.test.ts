import { describe, expect, it } from 'vitest'
import type { Subscription } from '#shared/model/subscription'
import { fail, ok, type Result } from '#shared/result'
import { onlineSession, openTestWindow } from '../testing/testWindow'
import { subscribeFieldState } from './subscribeField'

interface Save {
  readonly subscription: Subscription
  readonly answer: (result: Result<null>) => void
}

/** A main process that answers when it is told to. */
const open = () => {
  const saves: Save[] = []
  const { connection } = openTestWindow({
    session: onlineSession(),
    answers: {
      'subscription.save': ({ subscription }) =>
        new Promise((resolve) => saves.push({ subscription, answer: resolve })),
    },
  })
  const field = () => connection.get(subscribeFieldState)
  const again = (filter: string) => field().submit({ filter, qos: 1 })
  return {
    saves,
    type: (text: string) => field().type(text),
    enter: (filter: string) => {
      field().type(filter)
      return again(filter)
    },
    again,
    dismiss: (filter: string) => field().dropFailed(filter),
    draft: () => field().draft,
    failed: () => field().failed.map(({ filter }) => filter),
  }
}

const refused = fail('storageFailed', 'full')

describe('the subscribe field', () => {
  it('is empty as soon as its filter is taken, and the answer leaves what is typed meanwhile', async () => {
    const { saves, enter, type, draft } = open()
    const first = enter('a/#')
    expect(draft()).toBe('')
    type('b/')
    saves[0]?.answer(ok(null))
    await first
    expect(draft()).toBe('b/')
  })

  it('gives filters that are not listed yet colours of their own', () => {
    const { saves, enter } = open()
    for (const filter of ['a', 'b', 'c', 'd']) void enter(filter)
    expect(saves.map(({ subscription }) => subscription.filter)).toEqual(['a', 'b', 'c', 'd'])
    expect(new Set(saves.map(({ subscription }) => subscription.colour)).size).toBe(4)
  })

  it('asks once more for the same filter when it is entered twice at speed', () => {
    const { saves, enter } = open()
    void enter('a')
    void enter('a')
    expect(new Set(saves.map(({ subscription }) => subscription.id)).size).toBe(1)
  })

  it('has the filter again when it was not taken and nothing was typed since', async () => {
    const { saves, enter, type, draft, failed } = open()
    const first = enter('a/#')
    saves[0]?.answer(refused)
    await first
    expect([draft(), failed()]).toEqual(['a/#', ['a/#']])
    type('a/')
    expect([draft(), failed()]).toEqual(['a/', []])
  })

  it('keeps what was typed since, and says of each filter which one it was', async () => {
    const { saves, enter, again, dismiss, type, draft, failed } = open()
    const all = [enter('a'), enter('b'), enter('c')]
    type('d/half')
    saves[0]?.answer(refused)
    saves[1]?.answer(ok(null))
    saves[2]?.answer(refused)
    await Promise.all(all)
    expect([draft(), failed()]).toEqual(['d/half', ['a', 'c']])
    const retried = again('a')
    expect([draft(), failed()]).toEqual(['d/half', ['c']])
    saves[3]?.answer(ok(null))
    await retried
    dismiss('c')
    expect([draft(), failed()]).toEqual(['d/half', []])
  })
})
