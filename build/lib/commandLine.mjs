import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { hashFiles } from './buildStamp.mjs'
import { outFolder } from './paths.mjs'

const sources = ['shared', 'electron/cli', 'electron/core', 'build/vite', 'package.json', 'package-lock.json']
const builds = join(outFolder, 'cli')
const program = 'topicscope.cjs'

/**
 * The program behind the command line, as one file that plain Node runs. It is built when its sources are others than those
 * that the last one was built of: in a folder of its own first, so that two that start at once do not meet.
 */
export const builtCommandLine = async () => {
  const hash = (await hashFiles(sources)).slice(0, 16)
  const built = join(builds, hash, program)
  if (!existsSync(built)) await build(hash)
  return built
}

/** @param {string} hash */
const build = async (hash) => {
  const apart = `${hash}-${process.pid}`
  const { build: bundle } = await import('vite')
  const { commandLineConfig } = await import('../vite/nodeConfig.mjs')
  await mkdir(builds, { recursive: true })
  const earlier = (await readdir(builds)).filter((name) => name !== hash && !name.includes('-'))
  await bundle({ logLevel: 'error', ...commandLineConfig(join('cli', apart), program) })
  // Another one may have been faster, with the same result.
  await rename(join(builds, apart), join(builds, hash)).catch(() => remove(apart))
  for (const name of earlier) await remove(name)
}

/** @param {string} name */
const remove = (name) => rm(join(builds, name), { recursive: true, force: true })
