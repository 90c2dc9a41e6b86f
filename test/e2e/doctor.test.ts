import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import type { Page } from '@playwright/test'
import { keepSecrets, newProfile, type Profile } from '../../shared/model/profile'
import { accessibilityFindings } from '../support/accessibility'
import { expect, test } from '../support/application'
import { getCertificates } from '../support/certificates'
import { findFreePort } from '../support/freePort'
import { startMosquitto } from '../support/mosquitto'
import { personAt } from '../support/person'
import { answerQuestions } from '../support/systemQuestions'

const saved = async (page: Page, given: Partial<Profile>) => {
  const profile = newProfile({ id: 'plant', name: 'Plant', host: '127.0.0.1', ...given })
  await page.evaluate((input) => window.bridge.invoke('profile.save', input), { profile, secrets: keepSecrets })
  const person = personAt(page)
  await person.chooseProfile('Plant')
  return person
}
const doctorOn = (page: Page) => {
  const dialog = page.getByRole('dialog', { name: 'Connect doctor', exact: true })
  return {
    dialog,
    step: (name: string) => dialog.locator(`li[data-step="${name}"]`),
    button: (name: string) => dialog.getByRole('button', { name, exact: true }),
  }
}
const shot = (page: Page, name: string) =>
  process.env['SCREENSHOTS'] === undefined
    ? Promise.resolve()
    : page.screenshot({ path: `${process.env['SCREENSHOTS']}/${name}.png` })

test('a failure offers its diagnosis, which says what it will send, finds the way and shows its packets', async ({
  clearedApplication,
}) => {
  const broker = await startMosquitto({ listeners: ['tls'] })
  try {
    const { page, app } = clearedApplication
    await answerQuestions(app, 1)
    const { authority } = await getCertificates()
    const profile = newProfile({ id: 'plant' })
    const tls = { ...profile.tls, caFile: authority.certificate }
    // A plain client at a port with TLS.
    const person = await saved(page, {
      host: 'localhost',
      port: broker.port('tls'),
      username: 'ann',
      reconnect: { ...profile.reconnect, enabled: false },
      connectTimeoutSeconds: 2,
      tls,
    })
    await person.button('Connect').click()
    await person.button('Diagnose').click()
    const { dialog, step, button } = doctorOn(page)
    await button('Wait').click()
    const plan = dialog.getByRole('region', { name: 'What it will send' })
    await expect(plan).toContainText('CONNECT as “topicscope_')
    await expect(plan).toContainText('with the user name, without a password')
    await expect(plan).toContainText('at most 10 further connections')
    await expect(step('tcp')).toHaveCount(0)
    expect(await accessibilityFindings(page)).toEqual([])
    await shot(page, 'doctor-plan')

    await button('Begin').click()
    await expect(step('connack')).toHaveAttribute('data-verdict', 'failed')
    await expect(step('tcp').and(page.locator('[data-verdict="ok"]')).first()).toBeVisible()
    await expect(step('tls')).toHaveAttribute('data-verdict', 'skipped')
    await expect(step('proxy')).toHaveAttribute('data-verdict', 'skipped')
    await expect(step('subscribe')).toHaveAttribute('data-verdict', 'skipped')
    const way = step('otherWay').and(page.locator('[data-verdict="ok"]'))
    await expect(way).toContainText('mqtts://localhost')
    await expect(way).toContainText('without credentials')
    await expect(dialog.getByRole('status')).toHaveText('It fails at CONNACK, but another way leads further.')
    expect(await accessibilityFindings(page)).toEqual([])
    await shot(page, 'doctor-failed')

    await button('Copy as text').click()
    const text = await app.evaluate(({ clipboard }) => clipboard.readText())
    expect(text).toContain('Diagnosis of “Plant”')
    expect(text).toMatch(/\d\. CONNACK: failed/)

    await button('Packets').click()
    const view = page.locator('[data-view="packets"]')
    await expect(view.getByText('These are the packets of the latest diagnosis.')).toBeVisible()
    await expect(view.locator('[role="row"][data-type="CONNECT"][data-direction="out"]').first()).toBeVisible()
    await shot(page, 'doctor-packets')
    await view.getByRole('button', { name: 'Show those of the session' }).click()
    await expect(view.getByText('These are the packets of the latest diagnosis.')).toHaveCount(0)

    await person.button('Diagnose').click()
    await expect(way).toBeVisible()
    await way.getByRole('button', { name: 'Take over into the settings…' }).click()
    const form = page.getByRole('dialog', { name: 'Edit connection' })
    await expect(form.getByLabel('Scheme', { exact: true })).toHaveValue('mqtts')
    await form.getByRole('button', { name: 'Save and connect' }).click()
    await expect(person.status).toHaveText(/Online/)
  } finally {
    await broker.stop()
  }
})

test('the form asks about what it says, a remedy leads to its field, and a good way is told as one', async ({
  clearedApplication,
}) => {
  const broker = await startMosquitto()
  try {
    const { page } = clearedApplication
    const person = personAt(page)
    const form = await person.fillProfile({ name: 'Bench', port: await findFreePort() })
    await form.getByRole('button', { name: 'Diagnose', exact: true }).click()
    const { dialog, step, button } = doctorOn(page)
    await button('Begin').click()
    await expect(step('tcp')).toHaveAttribute('data-verdict', 'failed')
    await button('Stop').or(button('Diagnose again')).first().click()
    await step('tcp').getByRole('button', { name: 'Change port…' }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByLabel('Port', { exact: true })).toBeFocused()
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type(String(broker.port()))
    await page.getByRole('button', { name: 'Diagnose', exact: true }).click()
    // It begins by itself.
    await expect(step('ping')).toHaveAttribute('data-verdict', 'ok')
    await expect(dialog.getByRole('status')).toHaveText('The way to the broker is open.')
    await shot(page, 'doctor-good')
    await button('Close').last().click()
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('dialog', { name: 'New connection' })).toBeVisible()
  } finally {
    await broker.stop()
  }
})

test('a diagnosis can be stopped at any time', async ({ clearedApplication }) => {
  const silent = createServer((socket) => socket.on('error', () => undefined))
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  try {
    const { page } = clearedApplication
    const { port } = silent.address() as AddressInfo
    const person = await saved(page, { port, connectTimeoutSeconds: 100 })
    await person.button('Connect').click()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { expanded: true }).fill('Diagnose')
    await page
      .getByRole('option', { name: /Diagnose/ })
      .first()
      .click()
    const { dialog, step, button } = doctorOn(page)
    await button('Begin').click()
    await expect(step('connect')).toHaveAttribute('data-verdict', 'ok')
    await button('Stop').click()
    await expect(dialog.getByRole('status')).toHaveText('Stopped.')
    await expect(step('connack')).toHaveAttribute('data-verdict', 'skipped')
  } finally {
    silent.close()
  }
})

test('a diagnosis over a WebSocket compares the clocks', async ({ clearedApplication }) => {
  const broker = await startMosquitto({ listeners: ['ws'] })
  try {
    const { page } = clearedApplication
    const person = await saved(page, { scheme: 'ws', port: broker.port('ws') })
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { expanded: true }).fill('Diagnose')
    await page
      .getByRole('option', { name: /Diagnose/ })
      .first()
      .click()
    const { dialog, step, button } = doctorOn(page)
    await button('Begin').click()
    await expect(step('ping')).toHaveAttribute('data-verdict', 'ok')
    await expect(dialog.getByRole('status')).toHaveText('The way to the broker is open.')
    await expect(step('webSocket')).toContainText('HTTP/1.1')
    await button('Close').last().click()
    await expect(person.status).toHaveText(/Offline/)
  } finally {
    await broker.stop()
  }
})
