import { act, cleanup, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { failureFrom } from '#shared/model/failureTesting'
import { connectionsState } from '../../../state/connections'
import { messagesState } from '../../../state/messages'
import { noticesState } from '../../../state/notices'
import { entryOf, onlineSession, openTestWindow } from '../../../testing/testWindow'
import { OpenConnections } from './OpenConnections'

// jsdom has neither of them.
beforeEach(() => {
  vi.stubGlobal('CSS', { escape: (text: string) => text })
  Element.prototype.scrollIntoView = () => undefined
})
afterEach(cleanup)

const show = () => {
  const profiles = [
    entryOf({ id: 'c', name: 'Plant' }),
    entryOf({ id: 'two', name: 'Bench' }),
    entryOf({ id: 'three', name: 'Rig' }),
  ]
  const window = openTestWindow({ snapshot: { profiles } })
  const connections = () => window.app.get(connectionsState)
  connections().show('two')
  connections().show('c')
  window.render(<OpenConnections />)
  return { ...window, connections, user: userEvent.setup() }
}

const tab = (name: string) => screen.getByRole('tab', { name })
const names = () => screen.getAllByRole('tab').map((one) => one.getAttribute('aria-label'))

describe('the open connections', () => {
  it('are tabs of one list, with one Tab stop and the one in view selected', async () => {
    const { user, connections } = show()
    expect(names()).toEqual(['Plant', 'Bench'])
    expect(tab('Plant').getAttribute('aria-selected')).toBe('true')
    await user.tab()
    expect(document.activeElement).toBe(tab('Plant'))
    await user.keyboard('{ArrowRight}')
    expect(connections().inViewId).toBe('two')
    expect(document.activeElement).toBe(tab('Bench'))
    await user.tab()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Open a connection' }))
  })

  it('leave the view to their neighbour when they are closed', async () => {
    const { user, connections, main } = show()
    tab('Plant').focus()
    await user.keyboard('{Delete}')
    expect(connections().inViewId).toBe('two')
    expect(main.inputsOf('session.disconnect')).toEqual([])
    await user.pointer({ keys: '[MouseMiddle]', target: tab('Bench') })
    expect(connections().inViewId).toBeNull()
  })

  it('disconnect when they are closed, and come back by undo', async () => {
    const { user, app, connections, main, setSession } = show()
    act(() => setSession(onlineSession()))
    tab('Plant').focus()
    await user.keyboard('{Delete}')
    expect(main.inputsOf('session.disconnect')).toEqual([{ connectionId: 'c' }])
    act(() => app.get(noticesState).all[0]?.action?.run())
    expect(connections().inViewId).toBe('c')
    expect(main.inputsOf('session.connect')).toEqual([{ connectionId: 'c' }])
  })

  it('change places by the keyboard, with the focus on them, and no further than the ends', async () => {
    const { user, connections } = show()
    connections().show('three')
    act(() => connections().show('c'))
    tab('Plant').focus()
    const order = async (keys: string) => {
      await user.keyboard(keys)
      expect(document.activeElement).toBe(tab('Plant'))
      return names()
    }
    const right = '{Control>}{Shift>}{PageDown}{/Shift}{/Control}'
    const left = '{Control>}{Shift>}{PageUp}{/Shift}{/Control}'
    expect(await order(right)).toEqual(['Bench', 'Plant', 'Rig'])
    expect(await order(right)).toEqual(['Bench', 'Rig', 'Plant'])
    expect(await order(right)).toEqual(['Bench', 'Rig', 'Plant'])
    expect(await order(left)).toEqual(['Bench', 'Plant', 'Rig'])
  })

  it('count what came while another one was in view', () => {
    const { connections, connection, receive } = show()
    act(() => receive([], { received: 5 }))
    expect(tab('Plant').textContent).toBe('Plant')
    act(() => connections().show('two'))
    act(() => receive([], { received: 12 }))
    expect(connection.get(messagesState).counters.received).toBe(12)
    expect(tab('Plant').textContent).toBe('Plant7')
    act(() => connections().show('c'))
    act(() => connections().show('two'))
    expect(tab('Plant').textContent).toBe('Plant')
  })

  it('say what is wrong', () => {
    const { setSession } = show()
    const reason = failureFrom({ code: 'internal', message: 'It ended.' })
    act(() => setSession({ phase: 'failed', reason }))
    expect(tab('Plant').textContent).toBe('Plantfailed')
  })
})
