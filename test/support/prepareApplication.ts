import { buildWhenStale } from '../../build/lib/buildWhenStale.mjs'
import { findElectronRuntime } from '../../build/lib/electronRuntime.mjs'

/** Playwright's global setup: the application is built, and Playwright's own launcher finds the Electron we found. */
export default async function prepareApplication() {
  const runtime = await findElectronRuntime()
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = runtime.folder
  await buildWhenStale()
}
