import { accessibilityFindings } from '../support/accessibility'
import { expect, test } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { publishWithMosquitto, subscribeWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'
import { openSavedConnection } from '../support/savedConnection'

test('drafts stand in tabs, are named and closed, and nothing typed is lost by a restart', async ({ application }) => {
  const { page } = application
  await openLocal(page)
  const { topic, payload, tab, tabs, form } = composerAt(page)
  await topic.fill('press/cmd')
  await payload.fill('{"on": true}')
  await form.getByRole('button', { name: 'New draft' }).click()
  await expect(topic).toBeFocused()
  await expect(payload).toHaveText('')
  await topic.fill('lamp/cmd')
  await tab('press/cmd').click()
  await expect(payload).toHaveText('{"on": true}')

  await tab('press/cmd').dblclick()
  const name = form.getByLabel('Name of the draft')
  await name.fill('Press on')
  await name.press('Enter')
  await expect(tab('Press on')).toHaveAttribute('aria-selected', 'true')

  await tab('Press on').press('ArrowRight')
  await expect(tab('lamp/cmd')).toBeFocused()
  await tab('lamp/cmd').press('Delete')
  await expect(tabs).toHaveCount(1)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(tabs).toHaveText(['Press on', 'lamp/cmd'])

  // Typed at the last moment, and the window closed at once.
  await payload.fill('half a mess')
  const again = await application.relaunch()
  const later = composerAt(again.page)
  await expect(later.tabs).toHaveText(['Press on', 'lamp/cmd'])
  await expect(later.topic).toHaveValue('lamp/cmd')
  await expect(later.payload).toHaveText('half a mess')
  await later.tab('Press on').click()
  await expect(later.payload).toHaveText('{"on": true}')
})

test('a message is repeated until it is stopped, and as many arrive as are counted', async ({ clearedApplication }) => {
  const broker = await startMosquitto()
  const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['beat/#'], qos: 1 })
  try {
    const { page } = clearedApplication
    const person = await openSavedConnection(page, { port: broker.port(), filter: 'none', qos: 0 })
    const { form, topic, series, tab } = composerAt(page)
    await topic.fill('beat/1')
    await form.getByLabel('QoS', { exact: true }).selectOption('1')
    await form.getByLabel('Every (ms)').fill('0')
    await person.button('Repeat').click()
    await expect(form.getByRole('alert')).toContainText('1 to 86,400,000')
    await form.getByLabel('Every (ms)').fill('20')
    await person.button('Repeat').click()
    await expect(tab(/^beat\/1 repeating, sent:/)).toBeVisible()
    expect(await accessibilityFindings(page)).toEqual([])

    // Another draft and another connection come into view: it goes on, and both tabs say so.
    await form.getByRole('button', { name: 'New draft' }).click()
    await expect(person.button('Repeat')).toBeVisible()
    await person.createProfile({ name: 'Bench', port: broker.port() })
    const connectionTab = page.getByRole('tablist', { name: 'Open connections' }).getByRole('tab', { name: 'Saved' })
    await expect(connectionTab).toContainText('↻')
    await listener.waitForMessages(20)
    await connectionTab.click()
    await tab(/beat\/1/).click()
    await person.button('Stop repeating').click()

    await expect(series).toHaveAttribute('data-series', 'ended')
    await expect(series).toContainText('Stopped')
    const sent = Number(await series.getAttribute('data-sent'))
    await expect(series).toContainText(`${sent.toLocaleString('en')} acknowledged`)
    await publishWithMosquitto({ port: broker.port(), topic: 'beat/last', payload: '', qos: 1 })
    const received = await listener.waitForMessages(sent + 1)
    expect(received.map((message) => message.topic)).toEqual([...Array<string>(sent).fill('beat/1'), 'beat/last'])
    await person.expectCounter('sent', sent)
  } finally {
    await listener.stop()
    await broker.stop()
  }
})

test('a series ends with its connection and says why', async ({ clearedApplication }) => {
  const broker = await startMosquitto()
  try {
    const person = await openSavedConnection(clearedApplication.page, { port: broker.port(), filter: 'none', qos: 0 })
    const { topic, series } = composerAt(clearedApplication.page)
    await topic.fill('beat')
    await person.button('Repeat').click()
    await expect(series).toContainText('1 sent')
    await broker.stop()
    await expect(series).toContainText('Ended with the connection (')
    await expect(person.button('Repeat')).toBeDisabled()
  } finally {
    await broker.stop()
  }
})

test('a draft goes to another connection, and a reply goes where the message asks for it', async ({
  clearedApplication,
}) => {
  const broker = await startMosquitto()
  const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['answers/#'], qos: 1 })
  const other = await startMosquitto()
  const otherListener = await subscribeWithMosquitto({ port: other.port(), filters: ['#'] })
  try {
    const { page } = clearedApplication
    const bench = await openSavedConnection(page, { id: 'b', name: 'Bench', port: other.port(), filter: 'x', qos: 0 })
    await openSavedConnection(page, { port: broker.port(), filter: 'ask/#', qos: 0 })
    const { form, topic, payload, tabs } = composerAt(page)
    await topic.fill('lamp/cmd')
    await payload.fill('on')
    await form.getByRole('button', { name: 'Send to…' }).click()
    await page.getByRole('menuitem', { name: 'Bench' }).click()
    expect(await otherListener.waitForMessages(1)).toMatchObject([{ topic: 'lamp/cmd', payload: Buffer.from('on') }])
    await expect(form.getByRole('status')).toContainText('Bench: Sent in')

    const properties = ['-D', 'publish', 'response-topic', 'answers/7', '-D', 'publish', 'correlation-data', 'id-7']
    const question = { port: broker.port(), topic: 'ask/1', payload: '?', arguments: properties }
    await publishWithMosquitto(question)
    await publishWithMosquitto({ port: broker.port(), topic: 'ask/2', payload: 'no answer wanted' })
    await bench.rows('ask/2').click({ button: 'right' })
    await expect(page.getByRole('menuitem', { name: /^Reply: this message names no response topic/ })).toBeDisabled()
    await page.keyboard.press('Escape')
    await bench.rows('ask/1').click()
    await bench.details.getByRole('button', { name: 'Reply', exact: true }).click()
    // What was typed stays in a tab of its own.
    await expect(tabs).toHaveText(['lamp/cmd', 'answers/7'])
    await expect(topic).toHaveValue('answers/7')
    await form.getByRole('button', { name: /^Properties/ }).click()
    await expect(form.getByLabel('Correlation data')).toHaveValue('id-7')
    await payload.fill('yes')
    await bench.button('Publish').click()
    expect(await listener.waitForMessages(1)).toMatchObject([{ topic: 'answers/7', payload: Buffer.from('yes') }])
  } finally {
    await listener.stop()
    await otherListener.stop()
    await broker.stop()
    await other.stop()
  }
})

test('a template is previewed, sent and repeated, and a mistake in it is named with its place', async ({
  application,
}) => {
  const broker = await startMosquitto()
  const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['dev/#'], qos: 1 })
  try {
    const { page } = application
    const person = await openSavedConnection(page, { port: broker.port(), filter: 'speed', qos: 0 })
    await publishWithMosquitto({ port: broker.port(), topic: 'speed', payload: '{"rpm": 1200.50}' })
    await expect(person.rows('speed')).toHaveCount(1)
    const { form, topic, payload, series } = composerAt(page)
    await topic.fill('dev/{{ i }}')
    await payload.fill('{"rpm": {{ "speed" | latest: "$.rpm" }}, "kind": "{{ value_json.x }}"}')
    // Without the tick, it is what devices of Home Assistant are told: text like any other.
    await form.getByLabel('Template', { exact: true }).check()
    const preview = form.getByRole('region', { name: 'Preview' })
    await expect(preview.getByRole('alert')).toContainText('line 1, column 54')
    await expect(preview.getByRole('alert')).toContainText('value_json')
    await person.button('Publish').click()
    await expect(form.getByRole('alert').filter({ hasText: 'value_json' })).toHaveCount(2)

    await payload.fill('{"rpm": {{ "speed" | latest: "$.rpm" }}, "n": {{ 10 | counter: 5 }}}')
    await expect(preview.locator('[data-preview]')).toHaveText([
      /^dev\/1.*"rpm": 1200\.50, "n": 10.*25 bytes$/,
      /^dev\/2.*"n": 15.*25 bytes$/,
      /^dev\/3.*"n": 20.*25 bytes$/,
    ])
    await person.button('Publish').click()
    expect(await listener.waitForMessages(1)).toMatchObject([
      { topic: 'dev/1', payload: Buffer.from('{"rpm": 1200.50, "n": 10}') },
    ])
    await form.getByLabel('Every (ms)').fill('10')
    await person.button('Repeat').click()
    const received = await listener.waitForMessages(4)
    await person.button('Stop repeating').click()
    await expect(series).toContainText('Stopped')
    expect(received.slice(1, 4).map((message) => message.payload.toString())).toEqual([
      '{"rpm": 1200.50, "n": 10}',
      '{"rpm": 1200.50, "n": 15}',
      '{"rpm": 1200.50, "n": 20}',
    ])

    const again = composerAt((await application.relaunch()).page)
    await expect(again.form.getByLabel('Template', { exact: true })).toBeChecked()
  } finally {
    await listener.stop()
    await broker.stop()
  }
})

type Page = Parameters<typeof personAt>[0]

const composerAt = (page: Page) => {
  const form = personAt(page).publishForm
  const tabs = form.getByRole('tab')
  return {
    form,
    tabs,
    tab: (name: string | RegExp) => form.getByRole('tab', { name, exact: true }),
    topic: form.getByLabel('Topic', { exact: true }),
    payload: form.getByLabel('Payload', { exact: true }),
    series: form.locator('[data-series]'),
  }
}

/** A saved connection that nobody connects. */
const openLocal = (page: Page) => personAt(page).createProfile({ name: 'Plant', port: 1883 })
