import { act, cleanup, fireEvent, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import { frameOfMessages } from '../../../model/messageLog/messageLogTesting'
import { selectionState, selectSelectedTopic } from '../../../state/selection'
import { settingsState } from '../../../state/settings'
import { onlineSession, openTestWindow } from '../../../testing/testWindow'
import { stubLayout } from '../../../ui/layoutTesting'
import { TopicTreePane } from '../TopicTreePane'
import { togglePinned } from './pinnedTopics'

stubLayout({ clientHeight: 600, clientWidth: 300 })
afterEach(cleanup)

const show = () => {
  const { app, connection, render, receive, main } = openTestWindow({ session: onlineSession(), subscriptions: [] })
  render(<TopicTreePane />)
  const names = { firstTopicId: 0, newTopics: ['a/b', 'a/c'], firstMatchSetId: 0, newMatchSets: [[]] }
  const time = Date.now()
  const payloads = ['21.5', 'on'].map((payload, topicId) => ({ topicId, payload, time }))
  act(() => receive([frameOfMessages(1, payloads, names)]))
  const list = () => screen.getByRole('listbox', { name: 'Pinned topics' })
  return {
    connection,
    main,
    user: userEvent.setup(),
    pinned: () => app.get(settingsState).settings.pinnedTopics['c'],
    selected: () => selectSelectedTopic(connection.get(selectionState)),
    list,
    option: (name: string) => within(list()).getByRole('option', { name }),
    openMenu: (name: RegExp) => fireEvent.contextMenu(screen.getByRole('treeitem', { name })),
  }
}

it('stands above the tree with its value as soon as it is pinned, and goes again', async () => {
  const { user, option, openMenu, pinned } = show()
  openMenu(/^b/)
  await user.click(screen.getByRole('menuitem', { name: 'Pin' }))
  expect(pinned()).toEqual(['a/b'])
  expect(option('a/b: 21.5').querySelector('[data-column="value"]')?.textContent).toBe('21.5')
  openMenu(/^b/)
  await user.click(screen.getByRole('menuitem', { name: 'Unpin' }))
  expect(pinned()).toEqual([])
  expect(screen.queryByRole('listbox', { name: 'Pinned topics' })).toBeNull()
})

it('says of a topic that has not been seen that it has not, and lets go of it', async () => {
  const { connection, user, option, pinned } = show()
  act(() => togglePinned(connection, 'x/y'))
  expect(option('x/y').dataset['unseen']).toBe('true')
  expect(option('x/y').getAttribute('aria-description')).toBe('No message has come on it yet.')
  fireEvent.contextMenu(option('x/y'))
  await user.click(screen.getByRole('menuitem', { name: 'Unpin' }))
  expect(pinned()).toEqual([])
})

it('works with the keyboard alone: a branch, too, is selected, and unpinned', async () => {
  const { connection, user, list, pinned, selected } = show()
  act(() => togglePinned(connection, 'a/c'))
  act(() => togglePinned(connection, 'a'))
  act(() => list().focus())
  await user.keyboard('{ArrowDown}{Enter}')
  expect(selected()).toBe('a')
  await user.keyboard('{Delete}')
  expect(pinned()).toEqual(['a/c'])
})

it('has its value copied by the menu of its row', async () => {
  const { user, openMenu, main } = show()
  openMenu(/^c/)
  await user.click(screen.getByRole('menuitem', { name: 'Copy value' }))
  expect(main.inputsOf('clipboard.write')).toEqual([{ text: 'on' }])
})
