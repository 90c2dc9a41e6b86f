import type { Page } from '@playwright/test'
import { accessibilityFindings } from '../support/accessibility'
import { expect, clearedOnce, test } from '../support/application'
import { personAt } from '../support/person'

const startLocalBroker = async (page: Page) => {
  const person = personAt(page)
  await person.button('Start local broker').first().click()
  await expect(person.status).toHaveText(/Online/)
  await expect(person.log.getByRole('row').nth(5)).toBeVisible()
  return person
}

const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  (['no-preference', 'more'] as const).map((contrast) => ({ colorScheme, contrast })),
)

test.describe('the window with live data', () => {
  const shared = clearedOnce(async ({ page }) => ({ page, person: await startLocalBroker(page) }))
  test.afterEach(() =>
    shared().page.emulateMedia({ colorScheme: null, contrast: null, forcedColors: null, reducedMotion: null }),
  )

  for (const look of looks) {
    const name = `${look.colorScheme}, contrast: ${look.contrast}`
    test(`is free of accessibility findings, ${name}`, async () => {
      const { page, person } = shared()
      await page.emulateMedia(look)
      const contrast = look.contrast === 'more' ? 'high' : 'standard'
      await expect(page.locator('html')).toHaveAttribute('data-contrast', contrast)
      await person.log.getByRole('row').nth(3).click()
      await person.button('Pause').click()
      expect(await accessibilityFindings(page)).toEqual([])
      await person.button('Pause').click()
    })
  }

  test('where the system paints everything in its own colours, what is selected has a line around it', async () => {
    const { page, person } = shared()
    const row = person.log.getByRole('row').nth(3)
    await row.click()
    await page.emulateMedia({ forcedColors: 'active' })
    const selected = person.log.getByRole('row', { selected: true })
    await expect(selected).toHaveCSS('outline-style', 'solid')
    await expect(selected).toHaveCSS('outline-width', '2px')
    expect(await accessibilityFindings(page)).toEqual([])
  })

  test('nothing moves or lights up for those who ask for less motion', async () => {
    const { page, person } = shared()
    const moving = () =>
      page.evaluate(
        () =>
          document.getAnimations().length +
          [...document.querySelectorAll('[data-lit]')].filter((row) => getComputedStyle(row).backgroundImage !== 'none')
            .length,
      )
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    await expect.poll(moving).toBeGreaterThan(0)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const before = await person.counter('received')
    for (const more of [5, 10, 15]) {
      await expect.poll(() => person.counter('received')).toBeGreaterThan(before + more)
      expect(await moving()).toBe(0)
    }
  })

  test('the local broker shows topics of several languages, values and counts', async () => {
    const { page, person } = shared()
    await expect(page.getByRole('treeitem', { name: '住家', exact: true })).toBeVisible()
    await expect(page.getByRole('treeitem', { name: 'plant', exact: true })).toContainText(/topics/)
    expect(await person.counter('dropped')).toBe(0)
  })
})

test('high contrast is a setting as well, which is remembered', async ({ application }) => {
  const { page } = application
  const html = page.locator('html')
  await expect(html).toHaveAttribute('data-contrast', 'standard')
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await page.getByLabel('Contrast', { exact: true }).selectOption('High')
  await expect(html).toHaveAttribute('data-contrast', 'high')
  expect(await accessibilityFindings(page)).toEqual([])
  const { page: again } = await application.relaunch()
  await expect(again.locator('html')).toHaveAttribute('data-contrast', 'high')
})

test('a notice covers no control, and leaves the status in view', async ({ clearedApplication: { page } }) => {
  const person = await startLocalBroker(page)
  await person.log.getByRole('row').nth(3).click()
  await person.button('Remove #').click()
  const notices = page.getByRole('list', { name: 'Notices' })
  await expect(notices.getByRole('listitem')).toBeVisible()
  const covered = await notices.evaluate((list) =>
    [...document.querySelectorAll('button, input, select, textarea, [contenteditable], [role="tab"], a')]
      .filter((control) => !list.contains(control))
      .filter((control) => {
        const { left, top, width, height } = control.getBoundingClientRect()
        return width > 0 && list.contains(document.elementFromPoint(left + width / 2, top + height / 2))
      })
      .map((control) => control.outerHTML.slice(0, 120)),
  )
  expect(covered).toEqual([])
  await expect(person.status).toBeInViewport({ ratio: 1 })
})

test('the profile form and the settings are free of accessibility findings', async ({
  clearedApplication: { page },
}) => {
  const person = personAt(page)
  await person.button('New connection').click()
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await accessibilityFindings(page)).toEqual([])
})

test('the language is the one of the system', async ({ launch }) => {
  const { page } = await launch({ language: 'zh-TW' })
  await expect(page.getByRole('button', { name: '新增連線', exact: true })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-TW')
})
