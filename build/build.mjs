// Why it is so: build/docs/decisions/90-vite-is-called-through-its-api.md
// npm run build: main, preload and renderer into build/out.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'
import { hashSources, markBuilt } from './lib/buildStamp.mjs'
import { outFolder } from './lib/paths.mjs'
import { runScript } from './lib/problem.mjs'
import { mainConfig, preloadConfig } from './vite/nodeConfig.mjs'
import { rendererConfig } from './vite/rendererConfig.mjs'

await runScript(async () => {
  process.env['NODE_ENV'] = 'production'
  const sourcesHash = await hashSources()
  await rm(join(outFolder, 'build-stamp'), { force: true })
  for (const config of [mainConfig('production'), preloadConfig('production'), rendererConfig])
    await build({ logLevel: 'warn', ...config })
  await markBuilt(sourcesHash)
  return 0
})
