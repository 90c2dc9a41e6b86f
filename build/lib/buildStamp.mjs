import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inRepo, outFolder, repoFolder } from './paths.mjs'

const stampFile = join(outFolder, 'build-stamp')
const sources = ['shared', 'electron', 'renderer', 'build/vite', 'build/build.mjs', 'package.json', 'package-lock.json']
const outputs = ['main/main.cjs', 'preload/preload.cjs', 'renderer/index.html']

/** @param {string} source @returns {Promise<string[]>} */
const filesIn = async (source) => {
  const entries = await readdir(inRepo(source), { recursive: true, withFileTypes: true }).catch(() => null)
  if (!entries) return [inRepo(source)]
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

/** A hash over the names and bytes of everything the build reads. */
export const hashSources = () => hashFiles(sources)

/** A hash over the names and bytes of files, and of all in folders; tests do not count. @param {readonly string[]} paths */
export const hashFiles = async (paths) => {
  const files = (await Promise.all(paths.map(filesIn))).flat().sort()
  const hash = createHash('sha256')
  for (const file of files) {
    const bytes = await readFile(file).catch(() => null)
    if (bytes) hash.update(`${file.slice(repoFolder.length)}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

/** @param {string} sourcesHash */
export const isBuilt = async (sourcesHash) => {
  const stamp = await readFile(stampFile, 'utf8').catch(() => null)
  return stamp === sourcesHash && outputs.every((output) => existsSync(join(outFolder, output)))
}

/** @param {string} sourcesHash taken before the build, so that a change made meanwhile is built next time */
export const markBuilt = (sourcesHash) => writeFile(stampFile, sourcesHash)
