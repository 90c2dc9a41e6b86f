import { personAt } from '../support/person'
import { expect, test } from './benchBroker'
import { report } from './results'

test('cold start', async ({ launch }) => {
  const startedAt = performance.now()
  const { page } = await launch()
  await expect(personAt(page).button('New connection')).toBeEnabled()
  const windowMs = performance.now() - startedAt
  await personAt(page).button('Start local broker').click()
  await expect(page.locator('[role="row"][data-seq]').first()).toBeVisible()
  const messageMs = performance.now() - startedAt
  report({
    measure: 'cold start',
    value: `first usable window after ${windowMs.toFixed(0)} ms, first message of the local broker after ${messageMs.toFixed(0)} ms`,
    raw: { windowMs, messageMs },
  })
})
