import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bridge, Snapshot } from '../../shared/contract'
import { repoFolder } from '../../build/lib/paths.mjs'
import { findElectronRuntime } from '../../build/lib/electronRuntime.mjs'
import { expect, test } from '../support/application'
import { mountedTmpfs } from '../support/mountedTmpfs'
import { runApplication } from '../support/runApplication'
import { runCommand } from '../support/runCommand'
import { createTemporaryFolder } from '../support/temporaryFolder'
import { waitFor } from '../support/waitFor'

declare global {
  interface Window {
    readonly bridge: Bridge
  }
}

test('a data folder that cannot be used is named with its reason', async () => {
  const folder = createTemporaryFolder('unusable')
  const file = join(folder.path, 'file')
  writeFileSync(file, '')
  const below = await runApplication([], join(file, 'data'))
  expect(below).toMatchObject({ exitCode: 1 })
  expect(below.stderr).toContain(
    `the data folder ${join(file, 'data')} cannot be used: it, or something above it, is a`,
  )
  expect(below.stdout).not.toContain('running already')
  const mounted = mountedTmpfs(folder.path, '1m')
  if (mounted) {
    mounted.makeReadOnly()
    const readOnly = await runApplication([], mounted.path)
    mounted.unmount()
    expect(readOnly).toMatchObject({ exitCode: 1 })
    expect(readOnly.stderr).toContain('it is on a file system that can only be read (EROFS)')
    expect(readOnly.stdout).not.toContain('running already')
  }
  folder.remove()
})

test('a password stands in no line and no process, and reaches the connection all the same', async ({ launch }) => {
  const malformed = await runApplication(['mqtt://ann:ge/heim@127.0.0.1'])
  expect(malformed.exitCode).toBe(2)
  expect(malformed.stderr).toContain('mqtt://ann:…@127.0.0.1')
  expect(malformed.stdout + malformed.stderr).not.toContain('heim')

  const { app, page, userDataFolder } = await launch({
    arguments: ['mqtt://ann@127.0.0.1:9'],
    environment: { TOPICSCOPE_PASSWORD: 'geheim' },
  })
  expect(await app.evaluate(() => process.env['TOPICSCOPE_PASSWORD'])).toBeUndefined()
  const passwords = async () => {
    const result = await page.evaluate(() => window.bridge.invoke('app.snapshot', undefined))
    const { profiles } = (result as { value: Snapshot }).value
    return profiles.filter(({ saved }) => !saved).map(({ profile, secrets }) => [profile.username, secrets.password])
  }
  expect(await passwords()).toEqual([['ann', 'session']])

  // Another start is elsewhere, reads its file there, and hands on what is in it.
  const elsewhere = createTemporaryFolder('elsewhere')
  writeFileSync(join(elsewhere.path, 'password'), 'geheim\n')
  const { executable } = await findElectronRuntime()
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const start = (...args: string[]) =>
    runCommand(executable, [...sandbox, `--user-data-dir=${userDataFolder}`, repoFolder, ...args], {
      cwd: elsewhere.path,
    })
  const second = await start('mqtt://bob@127.0.0.1:9', '--password-file', 'password')
  expect(second).toMatchObject({ exitCode: 0 })
  await waitFor('the second connection', async () => (await passwords()).length === 2)
  expect(await passwords()).toContainEqual(['bob', 'session'])
  const third = await start('mqtt://eve:geheim@127.0.0.1:9')
  expect(third.stderr).toContain('--password-file or TOPICSCOPE_PASSWORD')
  expect(third.stdout.toString() + third.stderr).not.toContain('geheim')
  elsewhere.remove()
})
