import { describe, expect, it } from 'vitest'
import { entryOf, openTestWindow } from '../testing/testWindow'
import { connectionsState } from '../state/connections'
import { isEnabled, isShown, type Action } from './action'

const base = { id: 'x', label: { key: 'publish.reply' }, run: () => undefined } as const

describe('an action that needs a broker', () => {
  it('is missing in a recording that was opened, whatever it is done to, and nowhere else', () => {
    const { app } = openTestWindow({
      snapshot: { profiles: [entryOf({ id: 'c', name: 'Plant' }), entryOf({ id: 'file', kind: 'recording' })] },
    })
    const send: Action<'connection'> = { ...base, on: 'connection', needsBroker: true }
    const copy: Action<'connection'> = { ...base, on: 'connection' }
    const anywhere: Action<'window'> = { ...base, on: 'window', needsBroker: true }
    const seen = ['c', 'file'].map((id) => {
      const connection = app.get(connectionsState).open(id)
      app.get(connectionsState).show(id)
      return [isShown(send, connection), isEnabled(send, connection), isShown(copy, connection), isShown(anywhere, app)]
    })
    expect(seen).toEqual([
      [true, true, true, true],
      [false, false, true, false],
    ])
  })
})
