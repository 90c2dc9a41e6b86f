import { spawn } from 'node:child_process'

export interface CommandOutcome {
  readonly exitCode: number | null
  readonly stdout: Buffer
  readonly stderr: string
}

export interface CommandOptions {
  readonly stdin?: Uint8Array | string
  readonly cwd?: string
}

/** Runs a command to its end, its output kept as bytes. Rejects only when the command cannot be started. It ends with us. */
export const runCommand = (command: string, args: readonly string[], options: CommandOptions = {}) =>
  new Promise<CommandOutcome>((resolve, reject) => {
    const child = spawn(command, args, { cwd: options.cwd })
    const killWithUs = () => child.kill('SIGKILL')
    process.once('exit', killWithUs)
    const chunks: Buffer[] = []
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')))
    child.once('error', reject)
    child.once('close', (exitCode) => {
      process.off('exit', killWithUs)
      resolve({ exitCode, stdout: Buffer.concat(chunks), stderr })
    })
    // A command that ends without reading its input closes the pipe; its exit code tells the story.
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.stdin ?? '')
  })

/** Like runCommand, but a failing command rejects with what it said. */
export const runOrThrow = async (command: string, args: readonly string[], options: CommandOptions = {}) => {
  const outcome = await runCommand(command, args, options)
  if (outcome.exitCode === 0) return outcome.stdout
  const exit = outcome.exitCode ?? 'a signal'
  throw new Error(`${command} ${args.join(' ')} ended with ${exit}: ${outcome.stderr}${outcome.stdout.toString()}`)
}
