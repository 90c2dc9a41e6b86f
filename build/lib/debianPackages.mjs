import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Problem, say } from './problem.mjs'
import { capture, run } from './run.mjs'

// oxfmt-ignore
const electronPackages = ['xvfb', 'xauth', 'libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libatk-bridge2.0-0', 'libdrm2']
const testPackages = [
  'mosquitto',
  'mosquitto-clients',
  'fonts-noto-cjk',
  'gnome-keyring',
  'dbus',
  'openssl',
  'sqlite3',
  'dante-server',
  'tinyproxy',
  'tshark',
]
const packages = [...electronPackages, ...testPackages]
const brokerCommands = ['mosquitto', 'mosquitto_pub', 'mosquitto_sub']
const commands = ['Xvfb', ...brokerCommands, 'openssl', 'sqlite3', 'danted', 'tinyproxy', 'tshark']

/** Newer releases of Debian and Ubuntu carry some libraries under a name that ends in t64. @param {string} name */
const spellings = (name) => [name, `${name}t64`]

/** @param {readonly string[]} names @returns {Promise<ReadonlySet<string>>} */
const installedAmong = async (names) => {
  const { stdout } = await capture('dpkg-query', ['-W', '-f', '${db:Status-Status} ${Package}\n', ...names])
  const lines = stdout.split('\n').filter((line) => line.startsWith('installed '))
  return new Set(lines.map((line) => line.slice('installed '.length)))
}

const findMissingPackages = async () => {
  const installed = await installedAmong(packages.flatMap(spellings))
  return packages.filter((name) => !spellings(name).some((spelling) => installed.has(spelling)))
}

/** @param {string} name the spelling this system can install */
const installableName = async (name) => {
  for (const spelling of spellings(name).reverse()) {
    const { stdout } = await capture('apt-cache', ['show', '--no-all-versions', spelling])
    if (stdout.includes(`Package: ${spelling}\n`)) return spelling
  }
  return name
}

/** @param {readonly string[]} names */
const install = async (names) => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  say(`installing Debian packages: ${names.join(' ')}`)
  await run('apt-get', ['update', '-qq'], { env })
  const wanted = await Promise.all(names.map(installableName))
  const exitCode = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...wanted], { env })
  if (exitCode !== 0) throw new Problem(`apt-get install ended with code ${exitCode}; its message is above.`)
}

const checkCommands = () => {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  const wanted = process.platform === 'linux' ? commands : commands.filter((command) => command !== 'Xvfb')
  const missing = wanted.filter((command) => !folders.some((folder) => existsSync(join(folder, command))))
  if (missing.length > 0) throw new Problem(`install these commands for the tests first: ${missing.join(', ')}`)
}

/**
 * Guarantees what the tests need of the system. On Debian and its kin root gets it installed and others get the line to
 * run; elsewhere the commands have to be there.
 */
export const ensureDebianPackages = async () => {
  if (!existsSync('/usr/bin/dpkg-query')) return checkCommands()
  const missing = await findMissingPackages()
  if (missing.length === 0) return
  if (process.getuid?.() === 0) return install(missing)
  throw new Problem(`some Debian packages are missing. Run:\n  sudo apt-get install -y ${missing.join(' ')}`)
}
