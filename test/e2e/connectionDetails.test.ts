import { expect, test } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { personOnlineIn } from '../support/personOnline'

test('the details of a connection tell its history after the broker was started again', async ({
  clearedApplication,
}) => {
  const broker = await startMosquitto()
  try {
    const person = await personOnlineIn(clearedApplication, broker.port(), ['#'])
    const { page } = person
    await broker.restart('SIGKILL')
    await expect(page.getByText(/^Dropped .* Back after/)).toBeVisible()
    await expect(person.status).toHaveText(/Online/)

    await person.button('Connection details').click()
    const dialog = page.getByRole('dialog', { name: 'Connection details' })
    const broken = dialog.getByRole('table', { name: 'Broker says' })
    await expect(broken.getByRole('rowheader', { name: 'Keepalive', exact: true })).toBeVisible()
    await expect(broken).toContainText('what the broker held is gone')
    await expect(dialog.getByRole('region', { name: 'TLS' })).toContainText('Not encrypted')
    const history = dialog.getByRole('list', { name: 'History' }).getByRole('listitem')
    await expect(history.first()).toContainText(/Connected to 127\.0\.0\.1:\d+ with MQTT 5 .* Back after/)
    await expect(history.last()).toContainText('Connected to 127.0.0.1')
    await expect(dialog.locator('[data-event="dropped"]')).toHaveCount(1)
    await dialog.getByRole('button', { name: 'Close', exact: true }).click()
    await person.button('Dismiss').click()
    await expect(page.getByText(/^Dropped .* Back after/)).toBeHidden()

    // An address where a host belongs is taken apart when the field is left.
    await person.button('Edit connection').click()
    const form = page.getByRole('dialog')
    await form.getByLabel('Host', { exact: true }).fill('wss://broker.example:8443/ws')
    await form.getByLabel('Name', { exact: true }).focus()
    await expect(form.getByLabel('Host', { exact: true })).toHaveValue('broker.example')
    await expect(form.getByLabel('Port', { exact: true })).toHaveValue('8443')
    await expect(form.getByLabel('WebSocket path', { exact: true })).toHaveValue('/ws')
  } finally {
    await broker.stop()
  }
})
