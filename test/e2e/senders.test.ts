import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { publishWithMosquitto, subscribeWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'
import { openSavedConnection } from '../support/savedConnection'
import { viewsIn } from '../support/workspace'

test('two senders run at once, outlive their view, and one key stops both', async ({ clearedApplication }) => {
  const broker = await startMosquitto()
  const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['run/#'], qos: 1 })
  try {
    const { page } = clearedApplication
    await openSavedConnection(page, { port: broker.port(), filter: 'none', qos: 0 })
    const senders = await openSenders(page)
    for (const [topic, perSecond] of [
      ['run/slow', '20'],
      ['run/fast', '50'],
    ] as const) {
      const form = await senders.write(topic)
      await form.getByLabel('QoS', { exact: true }).selectOption('1')
      await form.getByLabel('Rate (per second)').fill(perSecond)
      await senders.start(form)
    }
    await expect(senders.running).toHaveCount(2)
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])

    await viewsIn(page).tab('Publish').click()
    await expect(page.getByRole('button', { name: '2 senders run' })).toBeVisible()
    const before = listener.received().length
    await listener.waitForMessages(before + 40)
    await page.keyboard.press('Control+Shift+X')
    await expect(page.getByRole('button', { name: /senders? run/ })).toBeHidden()
    await viewsIn(page).tab('Senders').click()
    await expect(senders.running).toHaveCount(0)
    let sent = 0
    for (const row of await senders.rows.all()) {
      await expect(row).toHaveAttribute('data-state', 'stopped')
      await expect(row).toHaveAttribute('data-failed', '0')
      const rowSent = (await row.getAttribute('data-sent')) ?? ''
      await expect(row).toHaveAttribute('data-acknowledged', rowSent)
      sent += Number(rowSent)
    }
    await publishWithMosquitto({ port: broker.port(), topic: 'run/last', payload: '', qos: 1 })
    expect(await listener.waitForMessages(sent + 1)).toHaveLength(sent + 1)
  } finally {
    await listener.stop()
    await broker.stop()
  }
})

test('a count ends a sender, its plan survives a restart, and a draft becomes one', async ({ application }) => {
  const broker = await startMosquitto()
  const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['count/#'], qos: 1 })
  try {
    const { page } = application
    const person = await openSavedConnection(page, { port: broker.port(), filter: 'none', qos: 0 })
    await person.publishForm.getByLabel('Topic', { exact: true }).fill('count/a')
    await person.publishForm.getByLabel('Every (ms)').fill('5')
    await person.button('As a sender…').click()
    const form = page.getByRole('dialog', { name: 'New sender' })
    await expect(form.getByLabel('Every (ms)')).toHaveValue('5')
    await form.getByLabel('Name', { exact: true }).fill('Counted')
    await form.getByLabel('Count', { exact: true }).fill('30')
    await expect(form.getByText('Sends a message every 5 ms to count/a, until 30 messages are sent.')).toBeVisible()
    await form.getByRole('button', { name: 'Start sender' }).click()
    const senders = await openSenders(page)
    await expect(senders.rows).toHaveAttribute('data-state', 'finished')
    await expect(senders.rows).toHaveAttribute('data-acknowledged', '30')
    await expect(senders.rows.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '100')
    expect(await listener.waitForMessages(30)).toHaveLength(30)

    const again = await application.relaunch()
    const later = await openSenders(again.page)
    await expect(later.rows).toContainText('Counted')
    await expect(later.rows).toHaveAttribute('data-state', 'notStarted')
  } finally {
    await listener.stop()
    await broker.stop()
  }
})

test('rows of CSV and twenty devices send what their template makes', async ({ clearedApplication }) => {
  const broker = await startMosquitto()
  const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['rows/#', 'dev/#'], qos: 1 })
  try {
    const { page } = clearedApplication
    await openSavedConnection(page, { port: broker.port(), filter: 'none', qos: 0 })
    const senders = await openSenders(page)
    const rows = await senders.write('rows/{{ row.id }}')
    await rows.getByRole('button', { name: 'Rows of data' }).click()
    await rows.getByLabel('Rows', { exact: true }).fill('id,celsius\npress-1,21.4\n"press, 2",19.8\n')
    await rows.getByRole('button', { name: 'celsius' }).click()
    await rows.getByLabel('Every (ms)').fill('10')
    await senders.start(rows)
    await expect(senders.rows).toHaveAttribute('data-state', 'finished')
    expect((await listener.waitForMessages(2)).map(({ topic, payload }) => `${topic} ${payload.toString()}`)).toEqual([
      'rows/press-1 21.4',
      'rows/press, 2 19.8',
    ])

    const devices = await senders.write('dev/{{ n }}')
    await devices.getByLabel('Template', { exact: true }).check()
    await devices.getByLabel('Number of devices').fill('20')
    await devices.getByLabel('Every (ms)').fill('200')
    await devices.getByLabel('Count', { exact: true }).fill('40')
    await senders.start(devices)
    await expect(senders.rows.nth(1)).toHaveAttribute('data-state', 'finished')
    const fromDevices = (await listener.waitForMessages(42)).slice(2).map(({ topic }) => topic)
    expect(new Set(fromDevices).size).toBe(20)
    expect(fromDevices).toHaveLength(40)
  } finally {
    await listener.stop()
    await broker.stop()
  }
})

test('production is said in the tab and asked about, and a list is written with the keyboard alone', async ({
  clearedApplication,
}) => {
  const broker = await startMosquitto()
  const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['door/#'], qos: 1 })
  try {
    const { page } = clearedApplication
    const saved = { name: 'Plant 7', port: broker.port(), filter: 'none', qos: 0, production: true } as const
    await openSavedConnection(page, saved)
    const tab = page.getByRole('tablist', { name: 'Open connections' }).getByRole('tab', { name: 'Plant 7' })
    await expect(tab).toContainText('Production')
    const { keyboard } = page
    await viewsIn(page).run('New Sender')
    const form = page.getByRole('dialog', { name: 'New sender' })
    await expect(form).toBeVisible()
    const tabTo = async (name: string) => {
      const target = form.getByLabel(name, { exact: true }).or(form.getByRole('button', { name, exact: true }))
      while (!(await target.evaluate((element) => element === document.activeElement))) await keyboard.press('Tab')
    }
    await tabTo('List with pauses')
    await keyboard.press('Enter')
    await tabTo('Topic')
    await keyboard.type('door/open')
    await tabTo('Add message')
    await keyboard.press('Enter')
    await tabTo('Topic')
    await keyboard.type('door/close')
    await tabTo('Pause after message 1 (ms)')
    await keyboard.press('Control+A')
    await keyboard.type('20')
    await tabTo('Start sender')
    await keyboard.press('Enter')

    const question = page.getByRole('dialog', { name: 'Start the sender on production?' })
    await expect(question).toContainText('Plant 7 (127.0.0.1) is marked as production')
    await expect(question).toContainText('Sends 2 messages one after the other, first to door/open, once.')
    expect(listener.received()).toEqual([])
    await question.getByRole('button', { name: 'Start sender' }).press('Enter')
    await expect(question).toBeHidden()
    expect((await listener.waitForMessages(2)).map(({ topic }) => topic)).toEqual(['door/open', 'door/close'])

    // One message that is sent by hand does not ask.
    await viewsIn(page).tab('Publish').click()
    await personAt(page).publish('door/knock', '')
    expect((await listener.waitForMessages(3)).map(({ topic }) => topic)).toContain('door/knock')
  } finally {
    await listener.stop()
    await broker.stop()
  }
})

type Page = Parameters<typeof personAt>[0]

/** The view Senders in front, and what a person does in it. */
const openSenders = async (page: Page) => {
  await viewsIn(page).tab('Senders').click()
  const region = page.getByRole('region', { name: 'Senders' })
  const form = page.getByRole('dialog', { name: 'New sender' })
  return {
    rows: region.locator('[data-sender]'),
    running: region.locator('[data-sender][data-state="running"]'),
    write: async (topic: string) => {
      await region.getByRole('button', { name: 'New sender…' }).click()
      await form.getByLabel('Topic', { exact: true }).fill(topic)
      return form
    },
    start: async (written: typeof form) => {
      await written.getByRole('button', { name: 'Start sender' }).click()
      await expect(written).toBeHidden()
    },
  }
}
