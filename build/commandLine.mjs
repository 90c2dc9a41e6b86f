#!/usr/bin/env node
// npx . COMMAND, npm run -s decode -- ...: the command line, in plain Node and without Electron.
import { createRequire } from 'node:module'
import { builtCommandLine } from './lib/commandLine.mjs'
import { messageOf, say } from './lib/problem.mjs'

const program = await builtCommandLine().catch((/** @type {unknown} */ error) => {
  say(`the command line cannot be built; "npm ci" installs what it takes (${messageOf(error)})`)
  process.exit(2)
})
createRequire(import.meta.url)(program)
