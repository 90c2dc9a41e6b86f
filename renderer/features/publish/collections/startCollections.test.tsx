import { fireEvent } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { onlineSession, openTestWindow } from '../../../testing/testWindow'
import { emptyMessage } from '#shared/model/publish'
import { collectionsState } from './collectionsState'
import { startCollections } from './startCollections'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** A window with one kept message that is sent by these keys. */
const show = (shortcut: string) => {
  const { app, main } = openTestWindow({ session: onlineSession() })
  stops.push(startCollections(app, window))
  const message = { ...emptyMessage, topic: 'pump/start' }
  const kept = { id: 'm', name: 'Start', folder: '', order: 1, shortcut, message, unsaved: null }
  const [shared] = app.get(collectionsState).all
  if (!shared) throw new Error('There is no collection.')
  app.get(collectionsState).receive({ facts: shared.facts, isWhole: true, put: [kept], removed: [] })
  return {
    press: (press: Parameters<typeof fireEvent.keyDown>[1]) => fireEvent.keyDown(document.body, press),
    sent: () => main.inputsOf('message.publish').length,
  }
}

it('sends a kept message by its keys', () => {
  const { press, sent } = show('CmdOrCtrl+Alt+S')
  press({ key: 's', ctrlKey: true, altKey: true })
  expect(sent()).toBe(1)
})

it.each([
  ['a', { key: 'a' }],
  ['Enter', { key: 'Enter' }],
  ['Shift+A', { key: 'A', shiftKey: true }],
  ['CmdOrCtrl+C', { key: 'c', ctrlKey: true }],
])('sends nothing by keys that type or edit a text, whatever a file says: %s', (shortcut, pressed) => {
  const { press, sent } = show(shortcut)
  // The page does with it what it always does.
  expect(press(pressed)).toBe(true)
  expect(sent()).toBe(0)
})
