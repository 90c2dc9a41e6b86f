import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/application'
import { personAt } from '../support/person'

const startLocalBroker = async (page: Page) => {
  const person = personAt(page)
  await person.button('Start local broker').first().click()
  await expect(person.status).toHaveText(/Online/)
  await expect(person.log.getByRole('row').nth(5)).toBeVisible()
  return person
}

const violationsIn = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
}

for (const theme of ['light', 'dark'] as const) {
  test(`the window with live data is free of accessibility findings, ${theme}`, async ({ application: { page } }) => {
    await page.emulateMedia({ colorScheme: theme })
    const person = await startLocalBroker(page)
    await person.log.getByRole('row').nth(3).click()
    await person.button('Pause').click()
    expect(await violationsIn(page)).toEqual([])
  })
}

test('the profile form and the settings are free of accessibility findings', async ({ application: { page } }) => {
  const person = personAt(page)
  await person.button('New connection').click()
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await violationsIn(page)).toEqual([])
})

test('the local broker shows topics of several languages, values and counts', async ({ application: { page } }) => {
  const person = await startLocalBroker(page)
  await expect(page.getByRole('treeitem', { name: '住家', exact: true })).toBeVisible()
  await expect(page.getByRole('treeitem', { name: 'plant', exact: true })).toContainText(/topics/)
  expect(await person.counter('dropped')).toBe(0)
})

test('the language is the one of the system', async ({ launch }) => {
  const { page } = await launch({ language: 'zh-TW' })
  await expect(page.getByRole('button', { name: '新增連線', exact: true })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-TW')
})
