import { expect, test } from '../support/application'
import { personAt } from '../support/person'

test('a cloud service fills the form in, and says what is missing', async ({ clearedApplication }) => {
  const { page } = clearedApplication
  await personAt(page).button('New connection').click()
  const dialog = page.getByRole('dialog', { name: 'New connection' })
  await dialog.getByRole('button', { name: 'Cloud service' }).click()
  await dialog.getByLabel('Service', { exact: true }).selectOption({ label: 'Azure IoT Hub' })
  await dialog.getByRole('button', { name: 'Fill in' }).click()
  await expect(dialog.getByRole('alert')).toHaveCount(2)
  await dialog.getByLabel('Endpoint').fill('mqtts://my-hub.azure-devices.net:8883')
  await dialog.getByLabel('Device ID').fill('pump-1')
  await dialog.getByLabel('Device ID').press('Enter')
  await expect(dialog.getByRole('status').filter({ hasText: 'filled in' })).toBeVisible()
  await expect(dialog.getByLabel('Credentials', { exact: true })).toHaveValue('azureSas')
  await expect(dialog.getByLabel('Good for (s)')).toHaveValue('3600')
  await dialog.getByRole('button', { name: 'General', exact: true }).click()
  await expect(dialog.getByLabel('Host', { exact: true })).toHaveValue('my-hub.azure-devices.net')
  await expect(dialog.getByLabel('Username', { exact: true })).toHaveValue(
    'my-hub.azure-devices.net/pump-1/?api-version=2021-04-12',
  )
  await expect(dialog.getByLabel('Client ID', { exact: true })).toHaveValue('pump-1')
  await dialog.getByRole('button', { name: 'Subscriptions', exact: true }).click()
  await expect(dialog.locator('input[value="devices/pump-1/messages/devicebound/#"]')).toBeVisible()
})
