import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repoFolder } from '../../build/lib/paths.mjs'
import { expect, test } from '../support/application'
import { runCommand } from '../support/runCommand'
import { createTemporaryFolder } from '../support/temporaryFolder'

const release = join(repoFolder, 'build', 'release', `topicscope-${process.platform}-${process.arch}`)

test.describe('a packaged application', () => {
  test.skip(process.platform !== 'linux', 'Where the executable is depends on the platform.')

  test('is one archive, loads nothing beside it, and lets no other program control it', async () => {
    const packing = await runCommand(process.execPath, [
      join(repoFolder, 'build', 'package.mjs'),
      '--allow-development-runtime',
    ])
    expect(packing.exitCode, packing.stderr).toBe(0)
    const resources = join(release, 'resources')
    expect([existsSync(join(resources, 'app.asar')), existsSync(join(resources, 'app'))]).toEqual([true, false])

    const folder = createTemporaryFolder('packaged')
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const run = async (...args: string[]) => {
      const switches = [...sandbox, '--lang=en-US', `--user-data-dir=${join(folder.path, 'data')}`]
      const { exitCode, stdout, stderr } = await runCommand(join(release, 'topicscope'), [...switches, ...args])
      return { exitCode, stdout: stdout.toString(), stderr }
    }
    try {
      for (const refused of ['--remote-debugging-port=0', '--remote-debugging-pipe', '-remote-debugging-port=9229']) {
        const outcome = await run(refused)
        expect(outcome.exitCode, refused).toBe(2)
        expect(outcome.stderr).toContain('is refused')
        expect(outcome.stderr).not.toContain('DevTools listening')
      }
      expect((await run('mqtt://h', '--remote-debugging-port=0')).exitCode).toBe(2)
      const version = await run('--version')
      expect(version.exitCode).toBe(0)
      expect(version.stdout).toMatch(/^\d+\.\d+\.\d+/)
      // Somebody's own application beside ours.
      mkdirSync(join(resources, 'app'))
      writeFileSync(join(resources, 'app', 'package.json'), '{"main":"intruder.js","version":"6.6.6"}')
      writeFileSync(join(resources, 'app', 'intruder.js'), 'console.log("intruded"); process.exit(66)')
      cpSync(join(resources, 'app'), join(resources, 'default_app'), { recursive: true })
      const beside = await run('--version')
      expect(beside.exitCode).toBe(0)
      expect(beside.stdout).not.toContain('intruded')
    } finally {
      folder.remove()
      rmSync(release, { recursive: true, force: true })
    }
  })
})
