import { expect, clearedOnce, test } from '../support/application'
import { publishFlood } from '../support/bareMqtt'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'
import { personOnlineIn } from '../support/personOnline'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

test.describe('with a connection of its own in one application', () => {
  const shared = clearedOnce((application) => application)

  test('one message of twenty thousand is found by content, by time and by a field', async () => {
    const person = await personOnlineIn(shared(), broker.port(), ['many/#'])
    const { page } = person
    const field = page.getByRole('textbox', { name: 'Filter messages' })
    const shown = page.locator('[data-counter="shown"]')
    await publishFlood(
      broker.port(),
      'many/values',
      Array.from({ length: 20_000 }, (_, index) =>
        JSON.stringify({ index, celsius: index === 12_345 ? 31.5 : 20 + (index % 10), padding: 'x'.repeat(90) }),
      ),
    )
    await person.expectCounter('received', 20_000)
    await expect(shown).toHaveAttribute('data-value', '20000')

    await test.step('by content', async () => {
      await field.fill('"index":12345,')
      await expect(field).toHaveAttribute('aria-invalid', 'true')
      await expect(page.getByRole('alert')).toContainText('A space must follow the closing quote.')
      await field.fill('"\\"index\\":12345,"')
      await expect(shown).toHaveText('1 of 20,000')
      await expect(person.rows('many/values')).toContainText('31.5')
    })

    await test.step('by a field', async () => {
      await field.fill('topic:many/+ $.celsius > 30')
      await expect(shown).toHaveAttribute('data-value', '1')
      await expect(person.rows('many/values').locator('mark')).toHaveText('"celsius"')
      await page.getByRole('button', { name: 'Remove $.celsius > 30' }).click()
      await expect(field).toHaveValue('topic:many/+')
      await expect(shown).toHaveAttribute('data-value', '20000')
    })

    await test.step('by time', async () => {
      const time = await person.rows('many/values').last().getByRole('gridcell').first().getAttribute('title')
      await publishWithMosquitto({ port: broker.port(), topic: 'many/late', payload: 'late' })
      await expect(person.rows('many/late')).toHaveCount(1)
      await field.fill(`after:${time ?? ''} -topic:many/values`)
      await expect(shown).toHaveText('1 of 20,001')
      await field.fill(`before:${time ?? ''} topic:many/late`)
      await expect(shown).toHaveText('0 of 20,001')
      await field.fill('last:1h topic:many/late')
      await expect(shown).toHaveText('1 of 20,001')
    })

    await test.step('and what was found is marked in its payload', async () => {
      await field.fill('$.celsius > 30')
      await person.rows('many/values').click()
      const payload = person.details.getByRole('region', { name: 'Payload' })
      await expect(payload.locator('mark')).toHaveText('"celsius"')
    })
  })

  test('an expression that finds no end is ended, and the next query finds its messages', async () => {
    const person = await personOnlineIn(shared(), broker.port(), ['slow/#'])
    const { page } = person
    const field = page.getByRole('textbox', { name: 'Filter messages' })
    await publishWithMosquitto({ port: broker.port(), topic: 'slow/1', payload: `${'a'.repeat(60)}!` })
    await expect(person.rows('slow/1')).toHaveCount(1)
    await field.fill('/(a+)+b/')
    await expect(page.getByRole('alert')).toContainText('The search was ended')
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await field.fill('/a+!/')
    await expect(page.locator('[data-counter="shown"]')).toHaveText('1 of 1')
    await expect(person.rows('slow/1')).toHaveCount(1)
    await expect(page.getByRole('alert')).toHaveCount(0)
  })
})

test('a saved query survives a restart', async ({ launch }) => {
  const first = await launch()
  const before = personAt(first.page)
  await before.createProfile({ name: 'Kept', port: broker.port() })
  await first.page.getByRole('textbox', { name: 'Filter messages' }).fill('qos:1 alarm')
  await before.button('Saved queries').click()
  await before.field('Name of the query (optional)').fill('Alarms')
  await before.button('Save query').click()
  await expect(first.page.getByRole('button', { name: /^Alarms/ })).toBeVisible()

  const { page } = await first.relaunch()
  const after = personAt(page)
  await after.chooseProfile('Kept')
  await expect(page.getByRole('textbox', { name: 'Filter messages' })).toHaveValue('')
  await after.button('Saved queries').click()
  await page.getByRole('button', { name: /^Alarms/ }).click()
  await expect(page.getByRole('textbox', { name: 'Filter messages' })).toHaveValue('qos:1 alarm')
  await expect(page.getByRole('group', { name: 'Conditions' })).toContainText('alarm')
})
