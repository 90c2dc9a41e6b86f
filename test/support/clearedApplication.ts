// Why it is so: build/docs/decisions/93-one-application-for-the-tests-of-a-worker.md
import { expect, type ElectronApplication, type Page } from '@playwright/test'
import type { CommandInput, CommandName, CommandOutput, Snapshot } from '../../shared/contract'
import { keepSecrets } from '../../shared/model/profile'

interface Running {
  readonly app: ElectronApplication
  readonly page: Page
}

/**
 * Keeps what an application is that nobody has used yet, and answers what makes it so again: no connection but that to the local
 * broker, no draft, rule or plan is there, settings, window and the system's dialogs are as they were, and the page is loaded
 * anew. Fails where something of what a window begins with is left. What stays is files of collections, and which paths the person
 * agreed to have read.
 */
export const clearable = async ({ app, page }: Running): Promise<() => Promise<void>> => {
  const first = await command(page, 'app.snapshot', undefined)
  await keepSystem(app)
  let isUnused = true
  return async () => {
    if (isUnused) return void (isUnused = false)
    // As when the page goes: it writes what it has not written yet, and nothing after that.
    await page.evaluate(() => window.dispatchEvent(new Event('pagehide')))
    await clearConnections(page, first)
    await clearLists(page, first)
    const cleared = await command(page, 'app.snapshot', undefined)
    expect(keptOf(cleared), 'what tests before this one left behind').toEqual(keptOf(first))
    await restoreSystem(app, page.url())
    await page.emulateMedia({ colorScheme: null, contrast: null, forcedColors: null, reducedMotion: null })
    await page.reload()
    await expect(page.getByRole('button', { name: 'New connection', exact: true })).toBeEnabled()
  }
}

const clearConnections = async (page: Page, first: Snapshot) => {
  const { profiles } = await command(page, 'app.snapshot', undefined)
  for (const { profile } of profiles) await command(page, 'profile.delete', { connectionId: profile.id })
  await command(page, 'localBroker.stop', undefined)
  for (const { profile } of first.profiles) {
    await command(page, 'profile.restore', { connectionId: profile.id })
    await command(page, 'profile.save', { profile, secrets: keepSecrets })
  }
}

const clearLists = async (page: Page, first: Snapshot) => {
  await command(page, 'drafts.save', first.drafts)
  await command(page, 'library.save', first.library)
  await command(page, 'senderPlans.save', [...first.senderPlans])
  await command(page, 'responder.save', [...first.responderRules])
  await command(page, 'environments.save', [])
  await command(page, 'devices.save', [...first.deviceDefinitions])
  await command(page, 'payloadRules.save', [...first.payloadRules])
  await command(page, 'watches.save', [...first.watches])
  await command(page, 'scripts.save', [...first.scripts])
  await command(page, 'faultScenarios.save', [...first.faultScenarios])
  await command(page, 'settings.save', first.settings)
}

/** All that a window begins with but what is of the moment. */
const keptOf = ({
  clock: _clock,
  connectAtStart: _connectAtStart,
  localBrokerUse: _use,
  notices: _notices,
  openConnectionId: _openConnectionId,
  windowHidden: _windowHidden,
  ...kept
}: Snapshot) => kept

const command = async <Name extends CommandName>(page: Page, name: Name, input: CommandInput<Name>) => {
  const result = await page.evaluate(([asked, given]) => window.bridge.invoke(asked, given), [name, input] as const)
  const answer = result as { readonly ok: true; readonly value: CommandOutput<Name> } | { readonly ok: false }
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`)
  return answer.value
}

/** Tests answer the system's dialogs and menus in place of a person, and give the window other sizes. */
const keepSystem = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow, Menu, dialog }) => {
    const bounds = BrowserWindow.getAllWindows()[0]!.getBounds()
    Object.assign(globalThis, { unused: { bounds, dialog: { ...dialog }, build: Menu.buildFromTemplate } })
  })

const restoreSystem = (app: ElectronApplication, address: string) =>
  app.evaluate(({ BrowserWindow, Menu, clipboard, dialog }, pageAddress) => {
    const { unused } = globalThis as unknown as {
      unused: { bounds: Electron.Rectangle; dialog: typeof dialog; build: typeof Menu.buildFromTemplate }
    }
    Object.assign(dialog, unused.dialog)
    Menu.buildFromTemplate = unused.build
    clipboard.clear()
    const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL() === pageAddress)
    window?.webContents.setZoomFactor(1)
    window?.setBounds(unused.bounds)
    window?.show()
  }, address)
