import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** The SHA-256 of a file. @param {string} file */
export const hashOfFile = async (file) => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file, { highWaterMark: 2 ** 20 }), hash)
  return hash.digest('hex')
}

/** One line an entry, so that nothing can be added, left out, renamed or made executable unnoticed.
 * @param {string} root @param {string} path @param {readonly string[]} leftOut @returns {Promise<readonly string[]>} */
const linesOf = async (root, path, leftOut) => {
  if (leftOut.includes(path)) return []
  const whole = join(root, path)
  const name = JSON.stringify(path)
  const stat = await lstat(whole)
  if (stat.isSymbolicLink()) return [`link ${name} ${await readlink(whole)}`]
  if (stat.isFile()) return [`file ${name} ${(stat.mode & 0o111) === 0 ? '-' : 'x'} ${await hashOfFile(whole)}`]
  if (!stat.isDirectory()) return [`other ${name}`]
  const lines = [`folder ${name}`]
  for (const entry of (await readdir(whole)).sort()) lines.push(...(await linesOf(root, join(path, entry), leftOut)))
  return lines
}

/**
 * The SHA-256 of everything in a folder: names, contents, links, and what may be executed.
 * @param {string} folder
 * @param {readonly string[]} [leftOut] paths in it that are not looked at
 */
export const folderDigest = async (folder, leftOut = []) => {
  const lines = await linesOf(folder, '.', leftOut)
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}
