// npm start [-- arguments]: installs, finds an Electron, builds when needed and starts the application.
import { ensureDependencies } from './lib/ensureDependencies.mjs'
import { buildWhenStale } from './lib/buildWhenStale.mjs'
import { checkDisplay, sandboxArguments } from './lib/displayCheck.mjs'
import { findElectronRuntime } from './lib/electronRuntime.mjs'
import { repoFolder } from './lib/paths.mjs'
import { runScript } from './lib/problem.mjs'
import { applicationEnvironment, run } from './lib/run.mjs'

await runScript(async () => {
  checkDisplay(process.env, process.platform)
  await ensureDependencies()
  const runtime = await findElectronRuntime()
  await buildWhenStale()
  const args = [...sandboxArguments(), repoFolder, ...process.argv.slice(2)]
  return run(runtime.executable, args, { env: applicationEnvironment() })
})
