// Electron's archive of an application: a header that names every file with its place and hash, and the files' bytes.
import { createHash } from 'node:crypto'
import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const blockSize = 4 * 2 ** 20

/** @param {Buffer} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

/** @param {Buffer} bytes */
const integrityOf = (bytes) => {
  const blocks = []
  for (let from = 0; from === 0 || from < bytes.length; from += blockSize) {
    blocks.push(sha256(bytes.subarray(from, from + blockSize)))
  }
  return { algorithm: 'SHA256', hash: sha256(bytes), blockSize, blocks }
}

/** @typedef {{ size: number, offset: string, integrity: ReturnType<typeof integrityOf> }} FileEntry */
/** @typedef {{ files: Record<string, FolderEntry | FileEntry> }} FolderEntry */

/** @param {string} folder @param {Buffer[]} contents @returns {Promise<FolderEntry>} */
const entryOf = async (folder, contents) => {
  /** @type {FolderEntry['files']} */
  const files = {}
  for (const name of (await readdir(folder)).sort()) {
    const path = join(folder, name)
    if ((await stat(path)).isDirectory()) files[name] = await entryOf(path, contents)
    else {
      const bytes = await readFile(path)
      const offset = contents.reduce((sum, { length }) => sum + length, 0)
      files[name] = { size: bytes.length, offset: String(offset), integrity: integrityOf(bytes) }
      contents.push(bytes)
    }
  }
  return { files }
}

/** Chromium's pickle of one text, with its sizes in front of it. @param {Buffer} text */
const headerBytes = (text) => {
  const padded = Math.ceil(text.length / 4) * 4
  const bytes = Buffer.alloc(16 + padded)
  bytes.writeUInt32LE(4, 0)
  bytes.writeUInt32LE(8 + padded, 4)
  bytes.writeUInt32LE(4 + padded, 8)
  bytes.writeUInt32LE(text.length, 12)
  text.copy(bytes, 16)
  return bytes
}

/**
 * Packs a folder into one archive. Answers the SHA-256 of its header, which has the hashes of all files.
 * @param {string} folder @param {string} archive
 */
export const packAsar = async (folder, archive) => {
  /** @type {Buffer[]} */
  const contents = []
  const header = Buffer.from(JSON.stringify(await entryOf(folder, contents)))
  await writeFile(archive, Buffer.concat([headerBytes(header), ...contents]))
  return sha256(header)
}

/**
 * An Info.plist that tells Electron which header the archive must have.
 * @param {string} plist @param {string} hash
 */
export const withAsarIntegrity = (plist, hash) => {
  const entry = `<key>ElectronAsarIntegrity</key>
  <dict>
    <key>Resources/app.asar</key>
    <dict>
      <key>algorithm</key>
      <string>SHA256</string>
      <key>hash</key>
      <string>${hash}</string>
    </dict>
  </dict>
`
  const end = plist.lastIndexOf('</dict>')
  if (end < 0) throw new Error('the Info.plist is not a list of keys')
  return `${plist.slice(0, end)}  ${entry}${plist.slice(end)}`
}
