import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import type { Script, ScriptStatus } from '#shared/model/script'
import { fail, ok } from '#shared/result'
import { scriptGallery } from '#shared/scripts/gallery'
import { noticesState } from '../../state/notices'
import { scriptsState } from '../../state/scripts'
import { onlineSession, openTestWindow } from '../../testing/testWindow'
import { ScriptsPane } from './ScriptsPane'

afterEach(cleanup)

const script = (id: string, given: Partial<Script> = {}): Script => ({
  id,
  name: `Script ${id}`,
  text: 'function onMessage() {}',
  filter: `in/${id}`,
  perSecond: 100,
  ...given,
})

const status = (given: Partial<ScriptStatus> = {}): ScriptStatus => ({
  connectionId: 'c',
  scriptId: 'a',
  phase: 'on',
  counts: { heard: 0, sent: 0, limited: 0, failed: 0 },
  error: null,
  lines: [],
  isChanged: false,
  ...given,
})

const show = (scripts: readonly Script[], main: Parameters<typeof openTestWindow>[0] = {}) => {
  const opened = openTestWindow({ session: onlineSession(), snapshot: { scripts }, ...main })
  opened.render(<ScriptsPane />)
  return { ...opened, user: userEvent.setup() }
}

describe('the view of scripts', () => {
  it('begins with an example, which brings its filter and the message it is tried with', async () => {
    const { user, app } = show([])
    await user.click(screen.getByRole('button', { name: 'Examples' }))
    const items = await screen.findAllByRole('menuitem')
    expect(items).toHaveLength(scriptGallery.length)
    await user.click(screen.getByRole('menuitem', { name: /^Checksum/ }))
    expect(screen.getByLabelText('Filter')).toHaveProperty('value', 'modbus/+/request')
    expect(screen.getByLabelText('Payload')).toHaveProperty('value', '01 03 00 00 00 0A')
    expect(app.get(scriptsState).scripts).toMatchObject([{ name: 'Checksum' }])
  })

  it('keeps what is typed soon, and before it runs', async () => {
    const { user, main } = show([script('a')])
    const name = screen.getByLabelText('Name')
    await user.clear(name)
    await user.type(name, 'Doubler')
    await user.click(screen.getByRole('button', { name: 'Run' }))
    await waitFor(() => expect(main.inputsOf('script.run')).toEqual([{ connectionId: 'c', scriptId: 'a' }]))
    expect(main.inputsOf('scripts.save').at(-1)).toMatchObject([{ id: 'a', name: 'Doubler' }])
  })

  it('asks before a script runs where others depend on the connection', async () => {
    const { user, main } = show([script('a')], { profile: { production: true } })
    await user.click(screen.getByRole('button', { name: 'Run' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Run the script?' }))
    expect(dialog.getByText(/under in\/a, at most 100 a second/)).toBeDefined()
    expect(main.inputsOf('script.run')).toEqual([])
    await user.click(dialog.getByRole('button', { name: 'Run' }))
    await waitFor(() => expect(main.inputsOf('script.run')).toHaveLength(1))
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('says what a running script did and wrote, and goes to the place where it failed', async () => {
    const { user, app, main } = show([script('a', { text: 'function onMessage() {\n  fail()\n}' })])
    const error = fail('scriptFailed', 'No.', {
      values: {
        problem: 'thrown',
        line: 2,
        column: 3,
        detail: 'ReferenceError: fail is not defined',
        output: 0,
        field: '',
      },
    }).error
    const counts = { heard: 1_234, sent: 1_200, limited: 30, failed: 4 }
    app.get(scriptsState).receive(status({ counts, error, lines: ['device 7'], isChanged: true }))
    const line = await screen.findByRole('status')
    expect([...line.querySelectorAll('[data-number]')].map(({ textContent }) => textContent)).toEqual([
      '1,234',
      '1,200',
      '30',
      '4',
    ])
    expect(line.textContent).toContain('line 2, column 3: ReferenceError: fail is not defined')
    expect(within(line).getByRole('log').textContent).toBe('device 7')
    await user.click(within(line).getByRole('button', { name: 'Go to line 2' }))
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Text of the script')
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    expect(main.inputsOf('script.stop')).toEqual([{ connectionId: 'c', scriptId: 'a' }])
    expect(screen.getByRole('button', { name: 'Run again' })).toBeTruthy()
  })

  it('tries a typed message so often as it is asked to, and shows the exact bytes of what is made', async () => {
    const { user, main } = show([script('a')])
    main.answer({
      'script.try': () =>
        ok({
          outputs: [
            {
              topic: 'out/1',
              payload: new Uint8Array([0x41, 0xff]),
              qos: 1,
              retain: true,
              properties: { contentType: 'x' },
            },
          ],
          lines: ['seen'],
          error: null,
          milliseconds: 0.4,
        }),
    })
    await user.type(screen.getByLabelText('Topic'), 'in/a')
    await user.click(screen.getByLabelText('Payload in hex'))
    await user.type(screen.getByLabelText('Payload'), '0g')
    expect(screen.getByText('Pairs of hex digits are expected.')).toBeTruthy()
    await user.clear(screen.getByLabelText('Payload'))
    await user.type(screen.getByLabelText('Payload'), '00 ff')
    await user.clear(screen.getByLabelText('Calls'))
    await user.type(screen.getByLabelText('Calls'), '3')
    await user.click(screen.getByRole('button', { name: 'Try' }))
    const output = within(await screen.findByRole('list', { name: 'Messages it makes' })).getByRole('listitem')
    expect(output.textContent).toContain('QoS 1 · 2 bytes · retain · contentType')
    expect(output.textContent).toContain('41 ff')
    expect(main.inputsOf('script.try')).toMatchObject([
      { calls: 3, connectionId: 'c', input: { topic: 'in/a', payload: new Uint8Array([0, 255]) } },
    ])
  })

  it('deletes a script, which can be undone', async () => {
    const { user, app } = show([script('a'), script('b')])
    await user.click(screen.getByRole('button', { name: 'Script b' }))
    await user.click(screen.getByRole('button', { name: 'Delete script' }))
    expect(app.get(scriptsState).scripts.map(({ id }) => id)).toEqual(['a'])
    app.get(noticesState).all.at(-1)?.action?.run()
    expect(app.get(scriptsState).scripts.map(({ id }) => id)).toEqual(['a', 'b'])
  })
})
