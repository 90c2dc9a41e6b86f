import { expect, it } from 'vitest'
import { connectionsState } from '../state/connections'
import { entryOf, openTestWindow } from '../testing/testWindow'
import { rememberInView } from './rememberInView'

it('remembers the open tabs and the one that came into view, as far as they are saved', () => {
  const unsaved = { ...entryOf({ id: 'three' }), saved: false }
  const { app, main } = openTestWindow({
    snapshot: { profiles: [entryOf({ id: 'one' }), entryOf({ id: 'two' }), unsaved] },
  })
  const stop = rememberInView(app)
  for (const id of ['two', 'three', 'one']) app.get(connectionsState).show(id)
  stop()
  app.get(connectionsState).show('two')
  const saved = main.inputsOf('settings.save')
  expect(saved.map(({ lastConnectionId }) => lastConnectionId)).toEqual(['two', 'one'])
  expect(saved.at(-1)?.openConnectionIds).toEqual(['one', 'two'])
})
