import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { inRepo } from '../../build/lib/paths.mjs'
import { galleryConfig } from '../../build/vite/galleryConfig.mjs'
import { accessibilityFindings } from '../support/accessibility'
import { expect, test } from '../support/application'

let app: ElectronApplication
let page: Page
const errors: string[] = []

test.beforeAll(async () => {
  await build({ logLevel: 'error', ...galleryConfig })
  app = await _electron.launch({ args: [inRepo('build', 'lib', 'galleryWindow.cjs')] })
  page = await app.firstWindow()
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
})
test.afterAll(() => app.close())

/** Each component that a file exports, by name. */
const widgetsIn = (folder: string): readonly string[] =>
  readdirSync(inRepo('renderer', folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx') && !name.endsWith('.test.tsx'))
    .flatMap((name) => [
      ...readFileSync(join(inRepo('renderer', folder), name), 'utf8').matchAll(
        /^export (?:default )?(?:function|const) ([A-Z]\w*)/gm,
      ),
    ])
    .map(([, name = '']) => name)

const show = async (theme: 'light' | 'dark') => {
  await page.goto(`${new URL('index.html', page.url()).href}?theme=${theme}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

/** A menu or a tooltip stands above the page's regions, in none of them. */
const findings = () => accessibilityFindings(page, { withoutRules: ['region'] })

test('the gallery stands in both themes side by side', async () => {
  for (const theme of ['light', 'dark']) {
    const frame = page.frameLocator(`iframe[title="${theme}"]`)
    await expect(frame.locator('html')).toHaveAttribute('data-theme', theme)
    await expect(frame.getByRole('region', { name: 'IconButton' })).toBeVisible()
  }
})

test('the gallery shows every widget', async () => {
  await show('light')
  const shown = await page
    .locator('[data-shows]')
    .evaluateAll((all) => all.flatMap((one) => one.getAttribute('data-shows')?.split(', ') ?? []))
  const widgets = [...widgetsIn('ui'), ...widgetsIn('mqttUi')]
  expect(widgets.length).toBeGreaterThan(15)
  expect([...shown].sort()).toEqual([...widgets].sort())
})

for (const theme of ['light', 'dark'] as const) {
  test(`no widget has an accessibility finding, ${theme}`, async () => {
    await show(theme)
    expect(await findings()).toEqual([])
    const overlays: readonly (readonly [name: string, opened: () => Promise<unknown>])[] = [
      ['Open the popover', () => expect(page.getByRole('dialog', { name: 'Popover' })).toBeVisible()],
      ['Open the menu', () => expect(page.getByRole('menuitem', { name: 'Copy topic' })).toBeVisible()],
      ['Open a medium dialog', () => expect(page.getByRole('dialog')).toBeVisible()],
    ]
    for (const [name, opened] of overlays) {
      await page.getByRole('button', { name }).click()
      await opened()
      expect(await findings(), name).toEqual([])
      await page.keyboard.press('Escape')
      await expect(page.locator('[role="dialog"], [role="menu"]')).toHaveCount(0)
    }
    await page.getByRole('button', { name: 'Button with a tooltip' }).hover()
    await expect(page.getByText('What it says more about the button')).toBeVisible()
    expect(await findings(), 'tooltip').toEqual([])
    expect(errors).toEqual([])
  })
}
