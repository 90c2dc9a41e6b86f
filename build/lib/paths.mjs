import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

export const repoFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')
export const outFolder = join(repoFolder, 'build', 'out')

/** @param {readonly string[]} parts */
export const inRepo = (...parts) => join(repoFolder, ...parts)
