import { describe, expect, it } from 'vitest'
import type { ComposedMessage } from '#shared/model/publish'
import { fail, ok } from '#shared/result'
import { messageOf } from '../senders/sendersTesting'
import { createDraftCounts, type CountedDraft } from './draftCounts'

const draft = (message: Partial<ComposedMessage> = {}, draftId = 'd'): CountedDraft => ({
  draftId,
  message: messageOf({ payload: '{{ 1 | counter }}', isTemplate: true, ...message }),
})

const open = () => {
  let at = 100
  const counts = createDraftCounts(() => (at += 1))
  return {
    ...counts,
    /** The number of the message that is made, and what its memory held before. */
    send: (one: CountedDraft) =>
      counts.make(one, ({ made, memory, startedAt }) => {
        const before = memory.get('place') ?? 0
        memory.set('place', before + 10)
        return Promise.resolve(ok({ number: made + 1, before, startedAt }))
      }),
  }
}

describe('what the template of a draft remembers', () => {
  it('goes on from one send to the next, each draft by itself', async () => {
    const { send } = open()
    const sent = await Promise.all([draft(), draft(), draft({}, 'other'), draft()].map((one) => send(one)))
    expect(sent).toEqual([
      ok({ number: 1, before: 0, startedAt: 101 }),
      ok({ number: 2, before: 10, startedAt: 101 }),
      ok({ number: 1, before: 0, startedAt: 102 }),
      ok({ number: 3, before: 20, startedAt: 101 }),
    ])
  })

  it('begins anew where its texts were changed, or when that is asked for, and not where its QoS was', async () => {
    const { send, begin, next } = open()
    await send(draft())
    expect(await send(draft({ qos: 1 }))).toMatchObject({ value: { number: 2, before: 10 } })
    expect(await send(draft({ payload: '{{ 5 | counter }}' }))).toMatchObject({ value: { number: 1, before: 0 } })
    await send(draft({ payload: '{{ 5 | counter }}' }))
    expect(await next(draft({ payload: '{{ 5 | counter }}' }))).toMatchObject({ made: 2 })
    await begin('d')
    expect(await next(draft({ payload: '{{ 5 | counter }}' }))).toMatchObject({ made: 0 })
  })

  it('is not changed by a message that could not be made, nor by one that is looked at', async () => {
    const { make, next, send } = open()
    await send(draft())
    await make(draft(), ({ memory }) => {
      memory.set('place', 99)
      return Promise.resolve(fail('templateFailed', 'No.'))
    })
    const looked = await next(draft())
    looked.memory.set('place', 77)
    expect(await send(draft())).toMatchObject({ value: { number: 2, before: 10 } })
  })

  it('is told when the sends that were asked for before are done', async () => {
    const { make, next } = open()
    const gate: { open?: () => void } = {}
    const first = make(draft(), async () => {
      await new Promise<void>((resolve) => (gate.open = resolve))
      return ok(null)
    })
    const looked = next(draft())
    await Promise.resolve()
    gate.open?.()
    expect([await first, (await looked).made]).toEqual([ok(null), 1])
  })

  it('is none of a message without a draft, and goes on after one that broke', async () => {
    const { send, make } = open()
    const once = { message: draft().message }
    expect([await send(once), await send(once)]).toMatchObject([
      { value: { number: 1, before: 0 } },
      { value: { number: 1, before: 0 } },
    ])
    await expect(make(draft(), () => Promise.reject(new Error('broke')))).rejects.toThrow('broke')
    expect(await send(draft())).toMatchObject({ value: { number: 1, before: 0 } })
  })
})
