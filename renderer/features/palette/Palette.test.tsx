import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Rss } from 'lucide-react'
import { afterEach, describe, expect, it } from 'vitest'
import type { PaletteSource } from '../../actions/paletteSource'
import { openTestWindow } from '../../testing/testWindow'
import { Palette } from './Palette'
import { paletteState } from './paletteState'

afterEach(cleanup)

const open = (topics: readonly string[] = []) => {
  const chosen: string[] = []
  const sources: readonly PaletteSource[] = [
    {
      id: 'actions',
      label: 'palette.groups.actions',
      itemsOf: () =>
        (['messagesClear', 'messagesFind', 'settingsOpen'] as const).map((name) => ({
          id: name,
          icon: Rss,
          text: { key: `actions.${name}` },
          run: () => chosen.push(name),
        })),
    },
    {
      id: 'topics',
      label: 'palette.groups.topics',
      namesOf: () => topics,
      itemOf: (_, name) => ({ id: `topic ${name}`, icon: Rss, text: name, run: () => chosen.push(name) }),
    },
  ]
  const window = openTestWindow()
  window.render(
    <>
      <button type="button">before</button>
      <Palette sources={sources} />
    </>,
  )
  return { ...window, chosen, user: userEvent.setup() }
}

const options = () => screen.queryAllByRole('option').map(({ textContent }) => textContent)

describe('the command palette', () => {
  it('offers every action before anything is typed, and carries the first that fits out with Enter', async () => {
    const { app, user, chosen } = open()
    app.get(paletteState).show()
    const field = await screen.findByRole('combobox', { name: 'What to do or to open' })
    await waitFor(() => expect(document.activeElement).toBe(field))
    expect(options()).toEqual(['Clear Messages', 'Find', 'Settings…'])
    await user.keyboard('clm')
    await waitFor(() => expect(options()).toEqual(['Clear Messages']))
    await user.keyboard('{Enter}')
    await waitFor(() => expect(chosen).toEqual(['messagesClear']))
    expect(screen.queryByRole('combobox')).toBeNull()
  })

  it('is walked with the arrow keys, and closed with Escape without doing anything', async () => {
    const { app, user, chosen } = open()
    app.get(paletteState).show()
    await screen.findByRole('combobox')
    await user.keyboard('{ArrowDown}{Enter}')
    await waitFor(() => expect(chosen).toEqual(['messagesFind']))
    app.get(paletteState).show()
    await screen.findByRole('combobox')
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull())
    expect(chosen).toEqual(['messagesFind'])
  })

  it('finds topics among very many, the best first, and says how many more fit', async () => {
    const topics = Array.from({ length: 20_000 }, (_, at) => `plant/hall-${at % 7}/machine-${at}/temperature`)
    const { app, user, chosen } = open([...topics, 'office/door'])
    app.get(paletteState).show()
    await screen.findByRole('combobox')
    expect(options()).toHaveLength(3)
    await user.paste('machine-19999 temp')
    const group = await screen.findByRole('group', { name: 'Topics' })
    await waitFor(() =>
      expect(within(group).getAllByRole('option')[0]?.textContent).toBe('plant/hall-0/machine-19999/temperature'),
    )
    await user.clear(screen.getByRole('combobox'))
    await user.paste('temperature')
    await waitFor(() => expect(screen.getByText(/^19,?970 more topics fit/)).toBeDefined())
    await user.keyboard('{Enter}')
    await waitFor(() => expect(chosen[0]).toMatch(/temperature$/))
  })

  it('says so when nothing fits', async () => {
    const { app, user } = open(['a/b'])
    app.get(paletteState).show()
    await screen.findByRole('combobox')
    await user.keyboard('zzzz')
    expect(await screen.findByText('Nothing fits “zzzz”.')).toBeDefined()
  })
})
