import type { Page } from '@playwright/test'
import { accessibilityFindings } from '../support/accessibility'
import { clearedOnce, expect, test, type Launch, type RunningApplication } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishLinesWithMosquitto, publishWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'
import { personOnlineIn } from '../support/personOnline'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
  for (const topic of ['plant/hall-1/temperature', '住家/客廳/溫度'])
    await publishWithMosquitto({ port: broker.port(), topic, payload: '21', retain: true })
})
test.afterAll(() => broker.stop())

/** What a person does in the palette, by keyboard only. */
const paletteOf = (page: Page) => {
  const popup = page.locator('[role="dialog"]', { has: page.getByRole('combobox', { expanded: true }) })
  return {
    popup,
    field: popup.getByRole('combobox'),
    options: popup.getByRole('option'),
    group: (name: string) => popup.getByRole('group', { name }),
    open: async () => {
      await page.keyboard.press('Control+k')
      await expect(popup.getByRole('combobox')).toBeFocused()
    },
    /** Types, waits until the first is the wanted one, and carries it out. */
    choose: async (typed: string, wanted: string) => {
      await page.keyboard.press('Control+k')
      await expect(popup.getByRole('combobox')).toBeFocused()
      await page.keyboard.insertText(typed)
      await expect(popup.getByRole('option').first()).toContainText(wanted)
      await page.keyboard.press('Enter')
      await expect(popup).toBeHidden()
    },
  }
}

const online = async (application: RunningApplication) => {
  const person = await personOnlineIn(application, broker.port(), ['#'])
  const { page } = person
  await person.expectCounter('received', 2)
  return { page, person, palette: paletteOf(page) }
}

const onlineIn = async (launch: Launch, language: string) => {
  const { page } = await launch({ arguments: [`mqtt://127.0.0.1:${broker.port()}`, '--subscribe', '#'], language })
  await personAt(page).expectCounter('received', 2)
  return { page, palette: paletteOf(page) }
}

test.describe('over one workspace', () => {
  const shared = clearedOnce(online)
  // Whatever a test left open stands before the next one no longer.
  test.afterEach(async () => {
    const { page } = shared()
    await page.emulateMedia({ colorScheme: null })
    for (const dialog of await page.getByRole('dialog').all()) {
      await page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
    }
  })

  test('opens wherever the focus is, and Escape gives the focus back', async () => {
    const { page, person, palette } = shared()
    const places = [
      person.field('Filter messages'),
      person.publishForm.getByLabel('Payload', { exact: true }),
      person.tree.getByRole('treeitem').first(),
      person.button('Settings'),
    ]
    for (const place of places) {
      await place.focus()
      const focused = await page.evaluateHandle(() => document.activeElement)
      await palette.open()
      await page.keyboard.type('cl')
      await page.keyboard.press('Escape')
      await expect(palette.popup).toBeHidden()
      await expect.poll(() => page.evaluate((before) => document.activeElement === before, focused)).toBe(true)
    }
    await expect(person.field('Filter messages')).toHaveValue('')
  })

  test('opens the settings at the chosen one', async () => {
    const { page, palette } = shared()
    await palette.choose('largest packet', 'Largest packet')
    await expect(page.getByRole('dialog', { name: 'Settings' }).getByLabel(/^Largest packet/)).toBeFocused()
  })

  test('leaves a modal dialog below it as it was, and Select All and Copy to its own field', async () => {
    const { page, person, palette } = shared()
    await person.button('Settings').click()
    const settings = page.getByRole('dialog', { name: 'Settings' })
    const theme = settings.getByLabel('Theme', { exact: true })
    await expect(theme).toBeFocused()
    await palette.open()
    await page.keyboard.type('some words')
    await page.keyboard.press('Control+a')
    expect(await palette.field.evaluate((field: HTMLInputElement) => field.selectionEnd)).toBe('some words'.length)
    await page.keyboard.press('Control+c')
    await page.keyboard.press('Delete')
    await page.keyboard.press('Control+v')
    await expect(palette.field).toHaveValue('some words')
    await page.keyboard.press('Escape')
    await expect(palette.popup).toBeHidden()
    await expect(theme).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(settings).toBeHidden()
    await expect(person.button('Settings')).toBeFocused()
  })

  test('is walked by keyboard alone, and says what fits as it comes', async () => {
    const { page, person, palette } = shared()
    const lines = Array.from({ length: 3 }, () => 'x')
    await publishLinesWithMosquitto({ port: broker.port(), topic: 'walk/one', lines })
    await publishWithMosquitto({ port: broker.port(), topic: 'walk/two', payload: 'x' })
    await person.expectCounter('received', 6)
    await palette.open()
    await page.keyboard.type('walk/')
    const topics = palette.group('Topics').getByRole('option')
    await expect(topics).toHaveCount(2)
    const names = await topics.allTextContents()
    const marked = palette.popup.locator('[data-highlighted]')
    await expect(marked).toHaveText(names[0] ?? '')
    await page.keyboard.press('ArrowDown')
    await expect(marked).toHaveText(names[1] ?? '')
    await page.keyboard.press('Enter')
    await expect(person.treeItem(names[1] ?? '')).toHaveAttribute('aria-selected', 'true')
    await palette.open()
    await page.keyboard.type('nothing has this name')
    await expect(palette.popup.getByText('Nothing fits “nothing has this name”.')).toBeVisible()
  })

  for (const theme of ['light', 'dark'] as const) {
    test(`is free of accessibility findings, ${theme}`, async () => {
      const { page, palette } = shared()
      await page.emulateMedia({ colorScheme: theme })
      await palette.open()
      for (const typed of ['', 'e', 'nothing has this name']) {
        await palette.field.fill(typed)
        await expect(
          typed.length > 1 ? palette.popup.getByText(/^Nothing fits/) : palette.options.first(),
        ).toBeVisible()
        expect(await accessibilityFindings(page, { within: '[role="dialog"]' })).toEqual([])
      }
    })
  }
})

test('carries out actions, and brings connections, topics and saved messages into view', async ({
  clearedApplication,
}) => {
  const { page, person, palette } = await online(clearedApplication)
  await palette.choose('search topics', 'Search Topics')
  await expect(page.getByRole('searchbox', { name: 'Search topics' })).toBeFocused()
  await palette.choose('traffic', 'Show Traffic Columns')
  await expect(person.button('Traffic')).toHaveAttribute('aria-pressed', 'true')
  await palette.choose('traffic', 'Hide Traffic Columns')
  await expect(person.button('Traffic')).toHaveAttribute('aria-pressed', 'false')

  await palette.choose('hall1temp', 'plant/hall-1/temperature')
  await expect(person.treeItem('plant/hall-1/temperature')).toHaveAttribute('aria-selected', 'true')
  await palette.choose('客廳', '住家/客廳/溫度')
  await expect(person.treeItem('住家/客廳/溫度')).toHaveAttribute('aria-selected', 'true')

  await person.publishForm.getByLabel('Topic', { exact: true }).fill('plant/saved/command')
  await person.button('Library').click()
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Open the valve')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByText('Open the valve', { exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await person.publishForm.getByLabel('Topic', { exact: true }).fill('')
  await palette.choose('valve', 'Open the valve')
  await expect(person.publishForm.getByLabel('Topic', { exact: true })).toHaveValue('plant/saved/command')

  await palette.open()
  await page.keyboard.type('local broker')
  await expect(palette.group('Connections').getByRole('option')).toHaveText([/^Local broker/])
  await palette.group('Connections').getByRole('option').click()
  await expect(page.getByRole('heading', { level: 1, name: 'Local broker' })).toBeVisible()
})

test('clears the messages, and finds no cleared topic any more', async ({ clearedApplication }) => {
  const { page, person, palette } = await online(clearedApplication)
  await palette.choose('clear messages', 'Clear Messages')
  await person.expectCounter('kept', 0)
  await palette.open()
  await page.keyboard.type('hall1temp')
  await expect(palette.popup.getByText('Nothing fits “hall1temp”.')).toBeVisible()
})

test('a shortcut that stands beside an action works', async ({ clearedApplication }) => {
  const { page, person, palette } = await online(clearedApplication)
  await palette.open()
  const keysOf = (name: string) => palette.options.filter({ hasText: name }).first().locator('kbd')
  const [create, find, clear] = [keysOf('New Connection'), keysOf('Find'), keysOf('Clear Messages')]
  await expect(create).toHaveText('Ctrl+N')
  await expect(find).toHaveText('Ctrl+F')
  await expect(clear).toHaveText('Ctrl+Shift+Delete')
  await page.keyboard.press('Escape')
  await expect(palette.popup).toBeHidden()

  await page.keyboard.press('Control+f')
  await expect(person.field('Filter messages')).toBeFocused()
  await page.keyboard.press('Control+Shift+Delete')
  await person.expectCounter('kept', 0)
  await page.keyboard.press('Control+n')
  await expect(page.getByRole('dialog').getByLabel('Paste an address or a mosquitto command')).toBeFocused()
  await page.keyboard.type('mqtt://broker.example:1884')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByLabel('Host', { exact: true })).toHaveValue('broker.example')
})

const chinese = [
  { language: 'zh-CN', clear: '清空消息', groups: ['操作', '设置'], theme: '主题外观', settings: '设置' },
  { language: 'zh-TW', clear: '清除訊息', groups: ['操作', '設定'], theme: '佈景主題', settings: '設定' },
] as const

for (const { language, clear, groups, theme, settings } of chinese) {
  test(`finds actions and settings by their words in ${language}`, async ({ launch }) => {
    const { page, palette } = await onlineIn(launch, language)
    await palette.open()
    for (const name of groups) await expect(palette.group(name)).toBeVisible()
    await page.keyboard.press('Escape')
    await palette.choose(clear.slice(0, 2), clear)
    await expect(page.locator('[data-counter="kept"]')).toHaveAttribute('data-value', '0')
    await palette.choose(theme, theme)
    await expect(page.getByRole('dialog', { name: settings }).getByLabel(theme, { exact: true })).toBeFocused()
  })
}
