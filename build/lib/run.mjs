import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [shell]
 * @property {(text: string) => void} [onOutput] takes what it writes, instead of this terminal
 */

/** @param {number | null} code @param {NodeJS.Signals | null} signal */
const exitCodeOf = (code, signal) => code ?? 128 + (signal ? constants.signals[signal] : 0)

/**
 * Runs a command on this terminal and answers its exit code (128 + number when a signal ended it). SIGTERM, SIGINT and
 * SIGHUP sent to us reach the command too.
 * @param {string} command @param {readonly string[]} args @param {RunOptions} [options]
 * @returns {Promise<number>}
 */
export const run = (command, args, { onOutput, ...options } = {}) =>
  new Promise((resolve, reject) => {
    /** @type {import('node:child_process').StdioOptions} */
    const stdio = onOutput ? ['ignore', 'pipe', 'pipe'] : 'inherit'
    const child = spawn(command, args, { stdio, ...options })
    if (onOutput) {
      child.stdout?.setEncoding('utf8').on('data', onOutput)
      child.stderr?.setEncoding('utf8').on('data', onOutput)
    }
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGTERM', 'SIGINT', 'SIGHUP']
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => child.kill(signal)
    const stopForwarding = () => signals.forEach((signal) => process.off(signal, forward))
    signals.forEach((signal) => process.on(signal, forward))
    child.once('error', (error) => {
      stopForwarding()
      reject(error)
    })
    child.once('close', (code, signal) => {
      stopForwarding()
      resolve(exitCodeOf(code, signal))
    })
  })

/**
 * Runs a command quietly.
 * @param {string} command @param {readonly string[]} args @param {RunOptions} [options]
 * @returns {Promise<{ exitCode: number, stdout: string, stderr: string }>}
 */
export const capture = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    const output = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output.stderr += text))
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ exitCode: exitCodeOf(code, signal), ...output }))
  })

/** How to call npm: the very npm that called us where there is one, else the one on the PATH.
 * @param {readonly string[]} args
 * @returns {{ command: string, args: readonly string[], shell: boolean }} */
export const npmCommand = (args) => {
  const npmScript = process.env['npm_execpath']
  if (npmScript?.endsWith('npm-cli.js')) return { command: process.execPath, args: [npmScript, ...args], shell: false }
  return { command: 'npm', args, shell: process.platform === 'win32' }
}

/** With ELECTRON_RUN_AS_NODE (some editors' terminals set it) Electron would be a plain Node. */
export const applicationEnvironment = () => {
  const env = { ...process.env }
  delete env['ELECTRON_RUN_AS_NODE']
  return env
}
