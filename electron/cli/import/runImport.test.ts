import { mkdtemp, readFile, rm, writeFile, readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ownFileText } from '#shared/exporting/ownFormat'
import { newProfile } from '#shared/model/profile'
import { lockSecrets } from '../../core/importing/lockedFiles'
import { readWorkbook } from '../../core/importing/readWorkbook'
import { runImport } from './runImport'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'topicscope-import-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

interface Row {
  readonly path: string
  readonly tool: string | null
  readonly problem?: string
  readonly connections: readonly {
    readonly name: string
    readonly state: string
    readonly secrets: number
    readonly secretsToType?: readonly string[]
    readonly imported?: boolean
  }[]
}

/** What the command prints, and where it stops. */
const run = async (...args: readonly string[]) => {
  const written: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0)
  const exitCode = await runImport(args)
  write.mockRestore()
  const text = written.join('')
  return { exitCode, text, files: text === '' ? [] : (JSON.parse(text) as { files: Row[] }).files }
}

const explorer = (host: string) =>
  JSON.stringify({
    ConnectionManager_connections: {
      a: {
        id: 'a',
        name: 'Plant',
        host,
        port: 8883,
        encryption: true,
        username: 'u',
        password: 's3cret-word',
        subscriptions: ['plant/#'],
        selfSignedCertificate: { name: 'ca.crt', data: 'LS0tLS1DQQ==' },
      },
    },
  })
const nodeRed = JSON.stringify([
  { id: 'b', type: 'mqtt-broker', broker: 'h', port: '1883' },
  { id: 'o', type: 'mqtt out', broker: 'b', topic: 'lamp/set', name: 'Lamp on' },
])

it('imports what the dry run said, and knows it again', async () => {
  const file = join(folder, 'some file')
  const data = join(folder, 'data')
  await writeFile(file, explorer('h.example'))
  const inData = ['--user-data-dir', data]
  const dry = await run('--dry-run', ...inData, file)
  expect(dry).toMatchObject({
    exitCode: 0,
    files: [{ tool: 'MQTT Explorer', connections: [{ state: 'new', secrets: 1 }] }],
  })
  expect(dry.text).not.toContain('s3cret-word')
  await expect(readdir(data)).rejects.toThrow('ENOENT')

  const wet = await run(...inData, file)
  expect(wet.files[0]?.connections).toMatchObject([{ state: 'new', imported: true, secretsToType: ['password'] }])
  const saved = JSON.parse(await readFile(join(data, 'profiles.json'), 'utf8')) as {
    content: { profiles: { name: string; tls: { caFile: string } }[] }
  }
  const plant = saved.content.profiles.find(({ name }) => name === 'Plant')
  expect(await readFile(plant?.tls.caFile ?? '', 'utf8')).toBe('-----CA')
  expect(JSON.stringify(saved)).not.toContain('s3cret-word')

  const states = async () => (await run('--dry-run', ...inData, file)).files[0]?.connections.map(({ state }) => state)
  expect(await states()).toEqual(['same'])
  await writeFile(file, explorer('other.example'))
  expect(await states()).toEqual(['changed'])
})

it('puts saved messages into the collection of the connection', async () => {
  const file = join(folder, 'flows')
  const data = join(folder, 'data')
  await writeFile(file, nodeRed)
  await run('--user-data-dir', data, file)
  await run('--user-data-dir', data, file)
  const kept = await readdir(join(data, 'collections', 'connections'), { recursive: true })
  expect(kept.filter((name) => name.includes('Lamp'))).toHaveLength(1)
})

it('keeps secrets where plain text was allowed', async () => {
  const file = join(folder, 'settings')
  await writeFile(file, explorer('h.example'))
  await writeFile(
    join(folder, 'settings.json'),
    JSON.stringify({ version: 1, content: { storeSecretsWithoutKeyring: true } }),
  )
  const { files } = await run('--user-data-dir', folder, file)
  expect(files[0]?.connections).toMatchObject([{ imported: true, secretsToType: [] }])
  expect(await readFile(join(folder, 'secrets.json'), 'utf8')).toContain('s3cret-word')
})

it('reads a database from a copy, and changes nothing beside it', async () => {
  const path = join(folder, 'any.name')
  const { DatabaseSync } = createRequire(import.meta.url)('@photostructure/sqlite') as {
    DatabaseSync: new (path: string) => { exec(sql: string): void; close(): void }
  }
  const database = new DatabaseSync(path)
  database.exec(`CREATE TABLE ConnectionEntity (id, client_id, name, clean, protocol, host, port, mqttVersion, parent_id);
    INSERT INTO ConnectionEntity VALUES ('x', 'c', 'Line', 0, 'mqtts', 'h', 8883, '5.0', NULL);
    CREATE TABLE SubscriptionEntity (topic, qos, connection_id); INSERT INTO SubscriptionEntity VALUES ('plant/#', '1', 'x');`)
  database.close()
  const before = await readFile(path)
  const { files } = await run('--dry-run', path)
  expect(files).toMatchObject([{ tool: 'MQTTX', format: 'SQLite', connections: [{ name: 'Line', state: 'new' }] }])
  expect(await readFile(path)).toEqual(before)
  expect(await readdir(folder)).toEqual(['any.name'])
})

it('reads the other files where one cannot be read', async () => {
  await writeFile(join(folder, 'broken'), Buffer.from('SQLite format 3\0and nothing else'))
  await writeFile(join(folder, 'workbook'), 'PK\u0003\u0004 cut')
  await writeFile(join(folder, 'z'), explorer('h.example'))
  const inFolder = await run('--dry-run', folder)
  expect(inFolder.exitCode).toBe(0)
  expect(inFolder.files.map(({ tool }) => tool)).toEqual([null, null, 'MQTT Explorer'])
  expect(inFolder.files[0]?.problem).toMatch(/database/)
  expect(await run('--dry-run', join(folder, 'broken'), join(folder, 'z'))).toMatchObject({ exitCode: 1 })
  await expect(readWorkbook(Buffer.from('PK\u0003\u0004'))).rejects.toThrow('The workbook cannot be read.')
})

it('says what is wrong with the command', async () => {
  const complaints = vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
  for (const args of [[], ['--nothing', 'x'], ['x'], ['--user-data-dir']])
    expect(await run(...args)).toMatchObject({ exitCode: 2 })
  expect(complaints).toHaveBeenCalledTimes(4)
  complaints.mockRestore()
})

describe('a file that is encrypted under a password', () => {
  const written = async (name: string, content: string) => {
    const path = join(folder, name)
    await writeFile(path, content)
    return path
  }
  const exported = async () => {
    const profile = newProfile({ id: 'p1', name: 'Plant', host: 'h.example', usePassword: true })
    const secrets = await lockSecrets({ p1: { password: 's3cret-word' } }, 'right horse')
    return written('own', ownFileText([{ profile, savedMessages: [], charts: [], payloadRules: [] }], secrets))
  }

  it.each([['right horse'], ['right horse\n'], ['\uFEFFright horse\r\nsecond line']])(
    'is opened by the first line of a file (%j)',
    async (text) => {
      const file = await exported()
      const read = await run('--dry-run', file, '--password-file', await written('pw', text))
      expect(read).toMatchObject({ exitCode: 0, files: [{ connections: [{ name: 'Plant', secrets: 1 }] }] })
      expect(read.text).not.toMatch(/"locked"|s3cret-word|right horse/)
    },
  )

  it('is opened by the second of two passwords, and by the environment', async () => {
    const file = await exported()
    const wrong = await written('wrong', 'wrong horse')
    vi.stubEnv('TOPICSCOPE_IMPORT_PASSWORD', 'right horse')
    expect(await run('--dry-run', `--password-file=${wrong}`, file)).toMatchObject({
      exitCode: 0,
      files: [{ connections: [{ secrets: 1 }] }],
    })
    vi.unstubAllEnvs()
  })

  it('says that it stays closed', async () => {
    const file = await exported()
    expect(await run('--dry-run', file)).toMatchObject({ exitCode: 0, files: [{ locked: true }] })
    const tried = await run('--dry-run', file, '--password-file', await written('wrong', 'wrong horse'))
    expect(tried).toMatchObject({
      exitCode: 1,
      files: [{ locked: true, problem: expect.stringMatching(/password/) as string }],
    })
    expect(tried.text).not.toContain('wrong horse')
  })

  it('is not looked at where the password file is none', async () => {
    const complaints = vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
    const file = await exported()
    expect(await run('--dry-run', file, '--password-file', join(folder, 'missing'))).toMatchObject({ exitCode: 2 })
    expect(await run('--dry-run', file, '--password-file', await written('empty', '\nx'))).toMatchObject({
      exitCode: 2,
    })
    complaints.mockRestore()
  })
})
