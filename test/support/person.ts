import { expect, type Locator, type Page } from '@playwright/test'

export interface ProfileEntries {
  readonly name: string
  readonly port: number
  readonly host?: string
  readonly username?: string
  readonly password?: string
}

type Counter =
  | 'received'
  | 'kept'
  | 'evicted'
  | 'dropped'
  | 'sent'
  | 'copies'
  | 'redelivered'
  | 'repeated'
  | 'cleared'
  | 'damaged'
  | 'skipped'

/** What a person does in the window, by role and label only. */
export const personAt = (page: Page) => {
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true })
  const field = (name: string): Locator => page.getByLabel(name, { exact: true })
  const tree = page.getByRole('tree', { name: 'Topics' })
  const log = page.getByRole('grid', { name: 'Messages' })
  const subscriptions = page.getByRole('region', { name: 'Subscriptions' })
  const publishForm = page.getByRole('form', { name: 'Publish' })
  const details = page.getByRole('region', { name: 'Message details' })
  const status = page.getByRole('status', { name: 'Connection status' })

  const fillProfile = async (entries: ProfileEntries) => {
    await button('New connection').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill(entries.name)
    await dialog.getByLabel('Host', { exact: true }).fill(entries.host ?? '127.0.0.1')
    await dialog.getByLabel('Port', { exact: true }).fill(String(entries.port))
    if (entries.username !== undefined) await dialog.getByLabel('Username', { exact: true }).fill(entries.username)
    if (entries.password !== undefined) await dialog.getByLabel('Password', { exact: true }).fill(entries.password)
    return dialog
  }

  return {
    page,
    button,
    field,
    tree,
    log,
    subscriptions,
    publishForm,
    details,
    status,
    fillProfile,

    createProfile: async (entries: ProfileEntries) => {
      const dialog = await fillProfile(entries)
      await dialog.getByRole('button', { name: 'Save', exact: true }).click()
      await expect(dialog).toBeHidden()
    },

    chooseProfile: (name: string) =>
      page.getByRole('navigation', { name: 'Connections' }).getByText(name).first().click(),

    connect: async () => {
      await button('Connect').click()
      await expect(status).toHaveText(/Online/)
    },

    subscribe: async (filter: string, qos: 0 | 1 | 2 = 0) => {
      await subscriptions.getByLabel('Topic filter', { exact: true }).fill(filter)
      await subscriptions.getByLabel('QoS', { exact: true }).first().selectOption(String(qos))
      await subscriptions.getByRole('button', { name: 'Subscribe', exact: true }).click()
      await expect(subscriptions.getByText(filter, { exact: true }).first()).toBeVisible()
    },

    publish: async (topic: string, payload: string) => {
      await publishForm.getByLabel('Topic', { exact: true }).fill(topic)
      await publishForm.getByLabel('Payload', { exact: true }).fill(payload)
      await publishForm.getByRole('button', { name: 'Publish', exact: true }).click()
    },

    counter: async (name: Counter) => Number(await page.locator(`[data-counter="${name}"]`).getAttribute('data-value')),

    expectCounter: (name: Counter, value: number) =>
      expect(page.locator(`[data-counter="${name}"]`)).toHaveAttribute('data-value', String(value)),

    treeItem: (topic: string) => page.locator(`[role="treeitem"][data-topic="${topic}"]`),
    rows: (topic: string) => page.locator(`[role="row"][data-topic="${topic}"]`),
  }
}
