import { expect, it } from 'vitest'
import { connectionsState } from '../state/connections'
import { entryOf, openTestWindow } from '../testing/testWindow'
import { rememberInView } from './rememberInView'

it('remembers the connection that came into view, if it is saved', () => {
  const unsaved = { ...entryOf({ id: 'three' }), saved: false }
  const { app, main } = openTestWindow({
    snapshot: { profiles: [entryOf({ id: 'one' }), entryOf({ id: 'two' }), unsaved] },
  })
  const stop = rememberInView(app)
  for (const id of ['two', 'three', 'one']) app.get(connectionsState).show(id)
  stop()
  app.get(connectionsState).show('two')
  expect(main.inputsOf('settings.save').map(({ lastConnectionId }) => lastConnectionId)).toEqual(['two', 'one'])
})
