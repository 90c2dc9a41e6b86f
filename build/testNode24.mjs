// npm run test:node24 [-- words]: the unit and integration tests on the Node of the Electron that is released. The runtime for
// development has an older one, and so may this machine.
import { ensureDebianPackages } from './lib/debianPackages.mjs'
import { ensureDependencies } from './lib/ensureDependencies.mjs'
import { findNode24 } from './lib/node24.mjs'
import { inRepo, repoFolder } from './lib/paths.mjs'
import { runScript } from './lib/problem.mjs'
import { run } from './lib/run.mjs'

await runScript(async () => {
  await ensureDependencies()
  await ensureDebianPackages()
  const vitest = inRepo('node_modules', 'vitest', 'vitest.mjs')
  const projects = ['--project', 'unit', '--project', 'integration']
  const args = [vitest, 'run', '--config', 'build/vitest.config.ts', ...projects, ...process.argv.slice(2)]
  return run(await findNode24(), args, { cwd: repoFolder })
})
