import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { fail, ok } from '#shared/result'
import { onlineSession, openTestWindow } from '../../../testing/testWindow'
import { stubLayout } from '../../../ui/layoutTesting'
import { PublishPane } from '../PublishPane'
import { publishState } from '../publishState'

// jsdom has no layout; CodeMirror asks for it when it measures.
beforeAll(() => stubLayout({}))
afterEach(cleanup)

/** The composer with a template, over a main process that counts what was sent of each draft. */
const show = () => {
  const made = new Map<string, number>()
  const messageWith = (number: number) => ({
    topic: `dev/${number}`,
    payload: encodeUtf8(String(number)),
    qos: 0 as const,
    retain: false,
    properties: {},
  })
  const opened = openTestWindow({
    session: onlineSession(),
    answers: {
      'template.preview': ({ draftId = '', count, message }) => {
        if (message.payload === '{{ nope }}') return fail('templateFailed', 'No.', { values: failure })
        const from = made.get(draftId) ?? 0
        return ok(
          Array.from({ length: count }, (_, index) => from + index + 1).map((number) =>
            ok({ ...messageWith(number), hidesSecrets: false, payloadBytes: 1, number }),
          ),
        )
      },
      'message.publishTemplate': ({ draftId = '' }) => {
        made.set(draftId, (made.get(draftId) ?? 0) + 1)
        return ok({ delivery: ok({ sequence: 1, reasonCode: 0, protocolVersion: '5', milliseconds: 0.42 }) })
      },
      'template.countAnew': ({ draftId }) => {
        made.delete(draftId)
        return ok(null)
      },
    },
  })
  opened.render(<PublishPane />)
  const change = (payload: string) =>
    act(() => opened.connection.get(publishState).changeDraft({ topic: 'a', payload, isTemplate: true }))
  change('{{ 1 | counter }}')
  const form = within(screen.getByRole('form', { name: 'Publish' }))
  const line = within(form.getByRole('region', { name: 'Preview' }))
  return { ...opened, user: userEvent.setup(), form, line, change }
}

const failure = { part: 'payload', problem: 'unknownVariable', line: 1, column: 4, detail: 'nope' }

describe('the line with the next message', () => {
  it('counts on with each send, says its number, and begins anew when that is wanted', async () => {
    const { user, form, line } = show()
    expect(await line.findByText('dev/1')).toBeTruthy()
    expect(line.getByRole('button', { name: 'Next' })).toBeTruthy()
    expect(line.queryByRole('button', { name: 'Count from the first message again' })).toBeNull()
    for (let press = 0; press < 5; press += 1) await user.click(form.getByRole('button', { name: 'Publish' }))
    expect(await line.findByText('dev/6')).toBeTruthy()
    expect(line.getByRole('button', { name: 'Next: no. 6' })).toBeTruthy()
    await user.click(line.getByRole('button', { name: 'Count from the first message again' }))
    expect(await line.findByText('dev/1')).toBeTruthy()
  })

  it('opens to those that follow', async () => {
    const { user, line } = show()
    const toggle = line.getByRole('button', { name: 'Next' })
    expect(toggle.getAttribute('aria-expanded')).toBe('false')
    await user.click(toggle)
    expect(toggle.getAttribute('aria-expanded')).toBe('true')
    expect(line.getAllByRole('listitem')).toHaveLength(3)
  })

  it('says in the same place why nothing can be sent', async () => {
    const { line, change } = show()
    change('{{ nope }}')
    await waitFor(() => expect(line.getByRole('alert').textContent).toMatch(/line 1, column 4/))
  })

  it('counts another draft by itself', async () => {
    const { user, form, line, change } = show()
    await user.click(form.getByRole('button', { name: 'Publish' }))
    expect(await line.findByText('dev/2')).toBeTruthy()
    await user.click(form.getByRole('button', { name: 'New draft' }))
    change('{{ 1 | counter }}')
    expect(await within(form.getByRole('region', { name: 'Preview' })).findByText('dev/1')).toBeTruthy()
  })
})
