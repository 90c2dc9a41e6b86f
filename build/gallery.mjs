// npm run gallery: every widget in all its states and both themes, in a window of the Electron that is there.
import { build } from 'vite'
import { checkDisplay, sandboxArguments } from './lib/displayCheck.mjs'
import { ensureDependencies } from './lib/ensureDependencies.mjs'
import { findElectronRuntime } from './lib/electronRuntime.mjs'
import { inRepo } from './lib/paths.mjs'
import { runScript } from './lib/problem.mjs'
import { run } from './lib/run.mjs'
import { galleryConfig } from './vite/galleryConfig.mjs'

await runScript(async () => {
  checkDisplay(process.env, process.platform)
  await ensureDependencies()
  const runtime = await findElectronRuntime()
  await build({ logLevel: 'warn', ...galleryConfig })
  const env = { ...process.env }
  // With it, as some editors' terminals set it, Electron would be a plain Node.
  delete env['ELECTRON_RUN_AS_NODE']
  return run(runtime.executable, [...sandboxArguments(), inRepo('build', 'lib', 'galleryWindow.cjs')], { env })
})
