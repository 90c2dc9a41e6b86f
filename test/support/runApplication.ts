import { join } from 'node:path'
import { repoFolder } from '../../build/lib/paths.mjs'
import { findElectronRuntime } from '../../build/lib/electronRuntime.mjs'
import { runCommand } from './runCommand'
import { createTemporaryFolder } from './temporaryFolder'

/**
 * Runs the built application as a command that is expected to end by itself (`--help`, wrong arguments); it is killed
 * after 20 s. `args` is what a person would write after `npm start --`; `dataDir` is in a new folder if not given.
 */
export const runApplication = async (args: readonly string[], dataDir?: string) => {
  const folder = createTemporaryFolder('user-data')
  const { executable } = await findElectronRuntime()
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const switches = [...sandbox, '--lang=en-US', `--user-data-dir=${dataDir ?? join(folder.path, 'data')}`]
  try {
    const outcome = await runCommand(executable, [...switches, repoFolder, ...args])
    return { exitCode: outcome.exitCode, stdout: outcome.stdout.toString(), stderr: outcome.stderr }
  } finally {
    folder.remove()
  }
}
