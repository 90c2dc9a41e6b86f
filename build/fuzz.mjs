// npm run fuzz [-- COUNT [SEED]]: feeds a million payloads that are nearly right to the decoders, and as many packets to theirs. A failure names the seed and the
// bytes; the same seed gives the same payloads again.
import { ensureDependencies } from './lib/ensureDependencies.mjs'
import { inRepo, repoFolder } from './lib/paths.mjs'
import { Problem, runScript } from './lib/problem.mjs'
import { run } from './lib/run.mjs'

const millionMutations = '1000000'

await runScript(async () => {
  const [count = millionMutations, seed = String(Date.now() % 1_000_000)] = process.argv.slice(2)
  if (![count, seed].every((number) => /^\d{1,9}$/.test(number)))
    throw new Problem('Usage: npm run fuzz [-- COUNT [SEED]]')
  await ensureDependencies()
  const vitest = inRepo('node_modules', 'vitest', 'vitest.mjs')
  const env = { ...process.env, FUZZ_MUTATIONS: count, FUZZ_SEED: seed }
  const args = [vitest, 'run', '--config', 'build/vitest.config.ts', 'test/fuzz.test.ts', 'test/packetFuzz.test.ts']
  return run(process.execPath, args, { cwd: repoFolder, env })
})
