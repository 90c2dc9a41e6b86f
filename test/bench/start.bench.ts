import { _electron, type ElectronApplication } from '@playwright/test'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { personAt } from '../support/person'
import { createTemporaryFolder } from '../support/temporaryFolder'
import { expect, test } from './benchBroker'
import { report } from './results'

const rounds = 5

/** The least an Electron application does: a window with an empty page. */
const emptyApplication = `
const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800 })
  window.loadURL('data:text/html,<button>Ready</button>')
})
`

const median = (values: readonly number[]) => values.toSorted((left, right) => left - right)[values.length >> 1] ?? NaN

/** Milliseconds from the start of the process until the button is there. */
const msUntil = async (start: () => Promise<ElectronApplication>, button: string) => {
  const startedAt = performance.now()
  const app = await start()
  const page = await app.firstWindow()
  await expect(page.getByRole('button', { name: button, exact: true })).toBeEnabled()
  const milliseconds = performance.now() - startedAt
  await app.close()
  return milliseconds
}

test('cold start beside the empty window of Electron', async ({ launch }) => {
  test.setTimeout(600_000)
  const empty = createTemporaryFolder('empty')
  await writeFile(join(empty.path, 'main.js'), emptyApplication)
  await writeFile(join(empty.path, 'package.json'), '{"main":"main.js"}')
  const gpu = process.platform === 'linux' ? ['--disable-gpu'] : []
  const bare: number[] = []
  const ours: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await msUntil(() => _electron.launch({ args: [...gpu, empty.path] }), 'Ready'))
    ours.push(await msUntil(async () => (await launch()).app, 'New connection'))
  }
  empty.remove()
  const ratio = median(ours) / median(bare)
  report({
    measure: 'cold start / empty Electron window, interleaved',
    value: `${ratio.toFixed(2)} (${median(ours).toFixed(0)} and ${median(bare).toFixed(0)} ms, medians of ${rounds})`,
    target: '1.3',
    raw: { ratio, ours: median(ours), bare: median(bare) },
  })
})

test('first message after a cold start', async ({ launch }) => {
  const startedAt = performance.now()
  const { page } = await launch()
  await personAt(page).button('Start local broker').click()
  await expect(page.locator('[role="row"][data-seq]').first()).toBeVisible()
  const messageMs = performance.now() - startedAt
  report({
    measure: 'first message of the local broker after a cold start',
    value: `${messageMs.toFixed(0)} ms`,
    raw: { messageMs },
  })
})
