import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { secretDots } from '#shared/model/environment'
import type { ComposedMessage } from '#shared/model/publish'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { fail, ok } from '#shared/result'
import { messageOf } from '../senders/sendersTesting'
import type { DraftCount } from './draftCounts'
import { compileMessage } from './messageTemplate'
import { noEnvironment, type TemplateEnvironment } from './templateEnvironment'
import { previewTemplate } from './templatePreview'
import { commonValues, type TemplateMemory } from './templateValues'

const environmentWith = (password: string): TemplateEnvironment => ({
  isInUse: true,
  hasSecrets: true,
  names: ['site', 'password'],
  values: { site: 'north', password },
  shown: { site: 'north', password: secretDots },
})

const nothingMade: DraftCount = { startedAt: 0, made: 0, memory: new Map() }

const preview = async (message: Partial<ComposedMessage>, password = 'hunter2 ✓', begun = nothingMade) => {
  const noFile = () => Promise.resolve(fail('notFound', 'There is no file.'))
  const made = await previewTemplate(
    { connectionId: 'c', message: messageOf({ ...message, isTemplate: true }), latest: {}, count: 3, intervalMs: 1000 },
    {
      payloadFiles: { read: noFile, openPieces: noFile },
      environment: environmentWith(password),
      begun,
      startedAt: 0,
    },
  )
  if (!made.ok) throw new Error(made.error.message)
  return made.value
}

const shown = async (message: Partial<ComposedMessage>, password?: string) =>
  (await preview(message, password)).map((one) =>
    one.ok
      ? {
          topic: one.value.topic,
          payload: decodeUtf8(one.value.payload),
          bytes: one.value.payloadBytes,
          hides: one.value.hidesSecrets,
        }
      : one.error,
  )

describe('the preview of a template', () => {
  it('has dots for secrets, and the size of what is sent', async () => {
    const [first] = await shown({ topic: '{{ env.site }}/{{ env.password }}', payload: '{{ env.password }}!' })
    expect(first).toEqual({ topic: 'north/••••••', payload: '••••••!', bytes: 12, hides: true })
  })

  it('hides nothing where no secret is asked for', async () => {
    const [first] = await shown({ topic: 'a', payload: '{{ env.site }}' })
    expect(first).toEqual({ topic: 'a', payload: 'north', bytes: 5, hides: false })
  })

  it('shows nothing that is made of a secret, whatever is made of it', async () => {
    const texts = [
      '{{ env.password | base64_encode }}',
      '{{ env.password | slice: 0, 1 }}',
      '{{ env.password | size }}',
      '{% if env.password == "hunter2" %}yes{% endif %}',
      '{{ env | json }}',
      '{% for one in env %}{{ one }}{% endfor %}',
      '{{ env.password | random: 3 }}',
      '{{ env.password | latest }}',
      '{{ row[env.password] }}',
    ]
    const password = fc.string({ minLength: 1, maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...texts), password, password, async (payload, one, other) => {
        const seen = async (value: string) =>
          (await preview({ topic: 'a', payload }, value)).map((made) =>
            made.ok ? [made.value.topic, decodeUtf8(made.value.payload), made.value.properties] : made.error,
          )
        expect(await seen(`x${one}`)).toEqual(await seen(`x${other}`))
      }),
    )
  })

  it('goes on with the same numbers beside the dots', async () => {
    const made = await shown({
      topic: '{{ i }}',
      payload: '{{ env.password }}{{ 1 | counter }}{{ 1 | random: 100000 }}',
    })
    for (const one of made) {
      if (!('bytes' in one)) throw new Error(one.message)
      expect(one.bytes - Buffer.byteLength('hunter2 ✓')).toBe(
        Buffer.byteLength(one.payload) - Buffer.byteLength(secretDots),
      )
    }
  })

  it('has dots for all of a message whose bytes a secret says', async () => {
    const [first] = await shown({ topic: 'a', payload: '{{ env.password }}', format: 'hex' }, 'ca fe')
    expect(first).toEqual({ topic: secretDots, payload: secretDots, bytes: 2, hides: true })
  })

  it('says where a secret is no hex nothing of what it is', async () => {
    const [first] = await shown({ topic: 'a', payload: '{{ env.password }}', format: 'hex' }, 'caxe')
    expect(first).toMatchObject({ code: 'templateUnsendable', values: { part: 'payload', made: '••••••' } })
    expect(JSON.stringify(first)).not.toContain('caxe')
  })

  it('says of a message that cannot be sent nothing that is secret', async () => {
    const [first] = await shown({ topic: 'a/{{ env.password }}' }, '#top')
    expect(first).toMatchObject({ code: 'templateUnsendable', values: { part: 'topic', made: 'a/••••••' } })
    expect(JSON.stringify(first)).not.toContain('#top')
  })

  it('goes on from what was sent of the draft, and changes nothing of that', async () => {
    const message = { topic: '{{ i }}', payload: '{{ 1 | counter }}' }
    const memory: TemplateMemory = new Map()
    const compiled = await compileMessage(messageOf(message))
    const common = commonValues({ startedAt: 0, environment: noEnvironment, latest: () => undefined })
    const values = { ...common, now: 0, device: 1, message: 1, row: {} }
    if (!compiled.ok) throw new Error(compiled.error.message)
    for (let sent = 0; sent < 4; sent += 1) compiled.value.render(values, memory)
    const before = [...memory]
    const made = await preview(message, undefined, { startedAt: 0, made: 4, memory })
    expect(made.map((one) => one.ok && [one.value.number, one.value.topic, decodeUtf8(one.value.payload)])).toEqual([
      [5, '5', '5'],
      [6, '6', '6'],
      [7, '7', '7'],
    ])
    expect(before).toHaveLength(1)
    expect([...memory]).toEqual(before)
  })
})

it('closes the file of its rows where that cannot be opened a second time', async () => {
  let opened = 0
  let closed = 0
  const read = (at: number) => Promise.resolve(ok(Buffer.from('{"a":1}').subarray(at)))
  const close = () => {
    closed += 1
    return Promise.resolve()
  }
  const openPieces = () => {
    opened += 1
    return Promise.resolve(opened === 1 ? ok({ read, close }) : fail('notFound', 'It is gone.'))
  }
  const rows = { format: 'jsonLines', data: { fileToken: 't' } } as const
  const made = await previewTemplate(
    { connectionId: 'c', message: messageOf(), latest: {}, count: 3, intervalMs: 1000, rows },
    {
      payloadFiles: { read: () => Promise.resolve(fail('notFound', 'There is no file.')), openPieces },
      environment: environmentWith(''),
      begun: nothingMade,
      startedAt: 0,
    },
  )
  expect(made).toMatchObject({ error: { code: 'notFound' } })
  expect([opened, closed]).toEqual([2, 1])
})
