import { hashSources, isBuilt } from './buildStamp.mjs'
import { inRepo, repoFolder } from './paths.mjs'
import { Problem, say } from './problem.mjs'
import { run } from './run.mjs'

/** Builds the application unless the last build was made from exactly these sources. */
export const buildWhenStale = async () => {
  if (await isBuilt(await hashSources())) return
  say('building, because the sources changed')
  const exitCode = await run(process.execPath, [inRepo('build', 'build.mjs')], { cwd: repoFolder })
  if (exitCode !== 0) throw new Problem('the build failed; its message is above.')
}
