import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Problem } from './problem.mjs'
import { capture, npmCommand } from './run.mjs'

/** Shows what a command says only when it fails. @param {string} command @param {readonly string[]} args @param {string} cwd */
export const runQuietly = async (command, args, cwd) => {
  const { exitCode, stderr } = await capture(command, args, { cwd })
  if (exitCode === 0) return
  const firstLines = stderr.trim().split('\n').slice(0, 6).join('\n')
  throw new Problem(`"${command} ${args.join(' ')}" ended with code ${exitCode}.\n${firstLines}`)
}

/** Fetches a package without installing it: none of its scripts is run.
 * @param {{ name: string, integrity: string }} wanted @param {string} folder an empty one
 * @returns {Promise<string>} the tarball's path, its bytes verified */
export const fetchTarball = async ({ name, integrity }, folder) => {
  const npm = npmCommand(['pack', name, '--loglevel=error', '--ignore-scripts', '--pack-destination', folder])
  await runQuietly(npm.command, npm.args, folder)
  const file = (await readdir(folder)).find((entry) => entry.endsWith('.tgz'))
  if (!file) throw new Problem(`npm pack left no tarball of ${name}.`)
  const hash = createHash('sha512')
  await pipeline(createReadStream(join(folder, file)), hash)
  const found = `sha512-${hash.digest('base64')}`
  if (found !== integrity) throw new Problem(`${name} is not the package that is expected: its integrity is ${found}.`)
  return join(folder, file)
}
