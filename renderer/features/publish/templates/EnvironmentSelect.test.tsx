import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Environment } from '#shared/model/environment'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { fail, ok } from '#shared/result'
import { environmentsState } from '../../../state/environments'
import { noticesState } from '../../../state/notices'
import { entryOf, onlineSession, openTestWindow, type TestWindowOptions } from '../../../testing/testWindow'
import { stubLayout } from '../../../ui/layoutTesting'
import { PublishPane } from '../PublishPane'
import { publishState } from '../publishState'

// jsdom has no layout; CodeMirror asks for it when it measures.
beforeAll(() => stubLayout({}))
afterEach(cleanup)

const environments: readonly Environment[] = [
  { id: 'dev', name: 'Development', variables: [] },
  { id: 'live', name: 'Live', variables: [] },
]

/** The composer with a template in it. */
const show = (options: TestWindowOptions = {}) => {
  const opened = openTestWindow({
    session: onlineSession(),
    ...options,
    snapshot: { environments, ...options.snapshot },
  })
  opened.render(<PublishPane />)
  const form = within(screen.getByRole('form', { name: 'Publish' }))
  const select = () => form.getByLabelText<HTMLSelectElement>('Environment')
  act(() =>
    opened.connection.get(publishState).changeDraft({ topic: 'a', payload: '{{ env.site }}', isTemplate: true }),
  )
  return { ...opened, user: userEvent.setup(), form, select }
}

describe('the environment of a template', () => {
  it('is asked for where there is a template only', () => {
    const { form, select, connection } = show()
    expect([...select().options].map(({ text }) => text)).toEqual(['None', 'Development', 'Live'])
    expect(select().value).toBe('')
    act(() => connection.get(publishState).changeDraft({ isTemplate: false }))
    expect(form.queryByLabelText('Environment')).toBeNull()
  })

  it('is the one that the profile names, and another one by choice, of that connection alone', async () => {
    const profiles = [entryOf({ id: 'c', environmentId: 'dev' }), entryOf({ id: 'd', environmentId: 'dev' })]
    const { app, select, user, main } = show({ snapshot: { environments, profiles } })
    expect(select().value).toBe('dev')
    await user.selectOptions(select(), 'Live')
    expect(select().value).toBe('live')
    expect(main.inputsOf('environments.use')).toEqual([{ connectionId: 'c', environmentId: 'live' }])
    await user.selectOptions(select(), 'None')
    expect(main.inputsOf('environments.use').at(-1)).toEqual({ connectionId: 'c', environmentId: '' })
    expect(app.get(environmentsState).all).toBe(environments)
  })

  it('that is not there any more is none', () => {
    const { select } = show({ profile: { environmentId: 'gone' } })
    expect(select().value).toBe('')
  })

  it('is what it was where that could not be kept, and a notice says why', async () => {
    const { app, select, user } = show({
      answers: { 'environments.use': () => fail('storageFailed', 'No.', { values: { file: 'profiles.json' } }) },
    })
    await user.selectOptions(select(), 'Live')
    await waitFor(() => expect(select().value).toBe(''))
    expect(app.get(noticesState).all).toMatchObject([{ content: { error: { code: 'storageFailed' } } }])
  })

  it('is looked at anew by the preview when another one is chosen or its variables change', async () => {
    const { app, select, user, main } = show({
      answers: { 'environments.save': () => ok([...environments].reverse()) },
    })
    const previews = () => main.inputsOf('template.preview').length
    await waitFor(() => expect(previews()).toBe(1))
    await user.selectOptions(select(), 'Live')
    await waitFor(() => expect(previews()).toBe(2))
    main.answer({ 'environments.save': () => ok([{ id: 'live', name: 'Live', variables: [] }]) })
    await act(() => app.get(environmentsState).save([]))
    await waitFor(() => expect(previews()).toBe(3))
  })

  it('opens the dialog that changes its variables', async () => {
    const { app, form, user } = show()
    await user.click(form.getByRole('button', { name: 'Environments…' }))
    expect(app.get(environmentsState).isEdited).toBe(true)
  })
})

it('the preview says where dots stand for secrets, with the size of what is sent', async () => {
  const made = { topic: 'a', payload: encodeUtf8('••••••'), qos: 0, retain: false, properties: {} } as const
  const { form } = show({
    answers: { 'template.preview': () => ok([ok({ ...made, hidesSecrets: true, payloadBytes: 7, number: 1 })]) },
  })
  const item = within(await form.findByRole('listitem'))
  expect(item.getByText('••••••')).toBeTruthy()
  expect(item.getByText('secret')).toBeTruthy()
  expect(item.getByText('7 bytes')).toBeTruthy()
})
