import { describe, expect, it } from 'vitest'
import { senderPlanSchema, type SenderPlan } from '#shared/model/sender'
import { planFor } from '../../../../model/senderPlan'
import { emptyMessage } from '#shared/model/publish'
import { formOf, type PlanForm } from './planForm'
import { readPlan } from './readPlan'

const message = { ...emptyMessage, topic: 'plant/1', payload: 'on' }
const single = planFor({ kind: 'message', message })

/** What is wrong with the fields of a form in which these are typed. */
const problemsIn = (typed: Partial<PlanForm>) => {
  const read = readPlan({ ...formOf(single), ...typed })
  return read.ok ? null : read.problems
}

describe('a form of a plan', () => {
  const plans: readonly (readonly [string, SenderPlan])[] = [
    ['one message', single],
    [
      'rows, with everything else unusual',
      planFor(
        {
          kind: 'rows',
          message: { ...message, isTemplate: true },
          rows: { format: 'jsonLines', data: { text: '{"a": 1}' } },
          loops: true,
        },
        {
          name: 'Rows',
          pace: { kind: 'rate', perSecond: 2.5 },
          shape: { rampMs: 1_500, burst: 4, jitter: 0.25 },
          end: { count: 10, afterMs: 120_000 },
          devices: { count: 3, clients: 'own', clientId: 'd-{{ n }}' },
          whenSlow: 'wait',
        },
      ),
    ],
    [
      'a list with a file',
      planFor({
        kind: 'list',
        steps: [
          { message, pauseMs: 0 },
          { message, fileToken: 't1', pauseMs: 250 },
        ],
        loops: true,
      }),
    ],
  ]
  it.each(plans)('gives back the plan it was made of: %s', (_, plan) => {
    expect(senderPlanSchema.parse(plan)).toEqual(plan)
    expect(readPlan(formOf(plan))).toEqual({ ok: true, plan })
  })

  it('says beside which field what is wrong', () => {
    expect(problemsIn({})).toBeNull()
    expect(problemsIn({ everyMs: '0', count: '1.5', lasts: 'x', devices: '' })?.fields).toMatchObject({
      everyMs: { code: 'numberRange', least: 1, most: 86_400_000 },
      count: { code: 'wholeRange' },
      lasts: { code: 'wholeRange' },
      devices: { code: 'wholeRange', most: 10_000 },
    })
    expect(problemsIn({ everyMs: '' })?.fields).toEqual({ everyMs: { code: 'noPace' } })
    expect(problemsIn({ kind: 'rows' })?.fields).toEqual({ rows: { code: 'noRows' } })
    expect(problemsIn({ lasts: '9000', lastsUnit: 'hours' })?.fields).toMatchObject({ lasts: { most: 8_760 } })
  })

  it('wants ids for clients of their own that differ, and not too many of them', () => {
    const own = { clients: 'own' } as const
    expect(problemsIn({ ...own, clientId: '' })?.fields).toEqual({ clientId: { code: 'noClientId' } })
    expect(problemsIn({ ...own, devices: '2', clientId: 'd' })?.fields).toEqual({ clientId: { code: 'oneClientId' } })
    expect(problemsIn({ ...own, devices: '1001' })?.fields).toMatchObject({ clientId: { code: 'tooManyClients' } })
    expect(problemsIn({ ...own, devices: '2', clientId: 'd{{ n }}' })).toBeNull()
  })

  it('names the message of a list that cannot be sent, and leaves templates to what makes them', () => {
    const form = formOf(
      planFor({
        kind: 'list',
        steps: [
          { message: { ...message, topic: 'a/#' }, pauseMs: 1 },
          { message: { ...message, topic: '{{ x }}/#', isTemplate: true }, pauseMs: 1 },
          { message: { ...message, topic: '', isTemplate: true }, pauseMs: 1 },
        ],
        loops: false,
      }),
    )
    const [first, , third] = form.messages
    const read = readPlan(form)
    expect(read.ok ? null : read.problems.messages).toMatchObject({
      [first?.id ?? '']: { topic: { code: 'wildcardInTopic' } },
      [third?.id ?? '']: { topic: { code: 'empty' } },
    })
    expect(read.ok ? null : Object.keys(read.problems.messages)).toHaveLength(2)
    const late = { ...form, messages: form.messages.slice(1, 2).map((typed) => ({ ...typed, pause: '-1' })) }
    const readLate = readPlan(late)
    expect(readLate.ok ? null : readLate.problems.pauses).toMatchObject({
      [late.messages[0]?.id ?? '']: { code: 'wholeRange', least: 0 },
    })
  })
})
