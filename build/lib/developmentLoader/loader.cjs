// Stands in for Electron's own default app in the development runtime: "electron [switches] [-r MODULE] APP [arguments]".
const { existsSync, readFileSync } = require('node:fs')
const { join, resolve } = require('node:path')

/**
 * The two setters are what Electron's default app uses; the public typings leave them out.
 * @typedef {Electron.App & { setVersion(version: string): void, setAppPath(folder: string): void }} LoadingApp
 */
const app = /** @type {LoadingApp} */ (require('electron').app)

/** @param {readonly string[]} args */
const readArguments = (args) => {
  /** @type {string[]} */
  const modules = []
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? ''
    if (argument === '-r' || argument === '--require') modules.push(args[(index += 1)] ?? '')
    else if (!argument.startsWith('-')) return { modules, application: resolve(argument) }
  }
  return { modules, application: null }
}

/** @param {string} folder */
const introduce = (folder) => {
  const packageFile = join(folder, 'package.json')
  if (!existsSync(packageFile)) return
  const { version, productName, name } = JSON.parse(readFileSync(packageFile, 'utf8'))
  if (version) app.setVersion(version)
  app.name = productName ?? name ?? app.name
  app.setAppPath(folder)
}

const load = () => {
  const { modules, application } = readArguments(process.argv.slice(1))
  for (const module of modules) require(resolve(module))
  if (!application) throw new Error('Name the folder of an application.')
  introduce(application)
  require(application)
}

try {
  load()
} catch (error) {
  console.error(error)
  process.exit(1)
}
