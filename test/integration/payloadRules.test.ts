import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PayloadRule } from '../../shared/model/payloadRule'
import { waitFor } from '../support/waitFor'
import { createCoreHarness } from './coreHarness'

const harness = createCoreHarness('payload-rules')
afterAll(() => harness.stop())

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(harness.folder.path, 'repository', name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}
const choose = async (path: string, choice: 'jsonSchema' | 'protobuf' | 'protobufFolder' = 'jsonSchema') => {
  harness.dialogs.choosePath = () => Promise.resolve(path)
  return core.value('schemaFile.choose', { choice })
}
const jsonSchemaAt = (path: string) => ({ path, kind: 'jsonSchema' as const })
const ruleOf = (id: string, path: string): PayloadRule => ({
  id,
  connectionId: null,
  filter: 'plant/#',
  schema: { kind: 'jsonSchema', path },
})
const told = (path: string) =>
  harness.events.filter((event) => event.name === 'schemaFile.changed' && event.payload.path === path).length

let core: Awaited<ReturnType<typeof harness.start>>
beforeAll(async () => {
  core = await harness.start()
})

describe('rules of payloads', () => {
  it('are there again in the next run, with what a later version wrote beside them', async () => {
    const path = file('reading.json', '{}')
    expect(await choose(path)).toEqual({ path, name: 'reading.json' })
    const later = { ...ruleOf('a', path), unit: { kind: 'gzip' } }
    await core.value('payloadRules.save', [later, ruleOf('b', path)])
    const again = await harness.start()
    expect((await again.snapshot()).payloadRules).toEqual([later, ruleOf('b', path)])
    expect(await again.value('schemaFile.read', jsonSchemaAt(path))).toMatchObject({ kind: 'file' })
  })

  it('name no file that nobody chose, and none of those is read', async () => {
    const path = file('secret.json', '{}')
    const before = (await core.snapshot()).payloadRules
    expect(await core.invoke('payloadRules.save', [ruleOf('c', path)])).toMatchObject({
      error: { code: 'fileNotConfirmed' },
    })
    expect(await core.invoke('schemaFile.read', jsonSchemaAt(path))).toMatchObject({
      error: { code: 'fileNotConfirmed' },
    })
    expect((await core.snapshot()).payloadRules).toEqual(before)
  })

  it('go to a file with schemas by relative paths, and come back from it', async () => {
    mkdirSync(join(harness.folder.path, 'repository', '.git'), { recursive: true })
    const inside = file('proto/reading.json', '{}')
    const outside = join(harness.folder.path, 'elsewhere.json')
    writeFileSync(outside, '{}')
    await choose(inside)
    await choose(outside)
    const own = { ...ruleOf('own', inside), connectionId: 'c', filter: 'plant/+/t' }
    await core.value('payloadRules.save', [own, { ...ruleOf('b', outside), decoder: 'json' }, ruleOf('c', outside)])
    const target = join(harness.folder.path, 'repository', 'topicscope', 'rules.json')
    mkdirSync(dirname(target))
    harness.dialogs.savePath = () => Promise.resolve(target)
    expect(await core.value('payloadRules.export', { connectionId: 'c' })).toMatchObject({
      name: 'rules.json',
      count: 3,
      outside: [{ path: outside }, { path: outside }],
    })
    expect(await readFile(target, 'utf8')).toContain('"path": "../proto/reading.json"')

    harness.dialogs.choosePath = () => Promise.resolve(target)
    const later = await harness.start()
    const imported = await later.value('payloadRules.import', { connectionId: 'd' })
    expect(imported?.rules).toMatchObject([
      { connectionId: 'd', filter: 'plant/+/t', schema: { kind: 'jsonSchema', path: inside } },
      { connectionId: null, filter: 'plant/#', decoder: 'json' },
    ])
    expect(imported?.refused).toEqual([
      { filter: 'plant/#', problem: 'schemaOutside', isTaken: true, path: '../../elsewhere.json' },
      { filter: 'plant/#', problem: 'schemaOutside', isTaken: false, path: '../../elsewhere.json' },
    ])
    await later.value('payloadRules.save', [...(imported?.rules ?? [])])
    expect(await later.value('schemaFile.read', jsonSchemaAt(inside))).toMatchObject({ kind: 'file' })
  })

  it('name no file through a link that leads out of the folder of their file', async () => {
    const secret = join(harness.folder.path, 'secret.json')
    writeFileSync(secret, '{}')
    symlinkSync(secret, join(harness.folder.path, 'repository', 'link.json'))
    const rules = { topicscopeRules: 1, rules: [{ filter: 'a', schema: { kind: 'jsonSchema', path: 'link.json' } }] }
    const path = file('linked.json', JSON.stringify(rules))
    harness.dialogs.choosePath = () => Promise.resolve(path)
    const imported = await core.value('payloadRules.import', { connectionId: 'c' })
    expect([imported?.rules, imported?.refused]).toMatchObject([[], [{ problem: 'schemaOutside' }]])
  })

  it('lose none where one cannot be read', async () => {
    const path = file('kept.json', '{}')
    await choose(path)
    await core.value('payloadRules.save', [ruleOf('a', path)])
    const stored = join(harness.dataFolder, 'payloadRules.json')
    const content = JSON.parse(await readFile(stored, 'utf8')) as { content: { rules: unknown[] } }
    content.content.rules.push({ ...ruleOf('b', path), schema: { kind: 'of tomorrow' } })
    writeFileSync(stored, JSON.stringify(content))
    const snapshot = await (await harness.start()).snapshot()
    expect(snapshot.payloadRules.map(({ id }) => id)).toEqual(['a'])
    expect(snapshot.notices).toMatchObject([{ code: 'storedEntriesDamaged' }])
  })
})

describe('the file of a schema', () => {
  it('is told when it changes, when git puts another one in its place, and when it goes and comes', async () => {
    const path = file('changing.json', '{}')
    await choose(path)
    const textAfter = async (change: () => void) => {
      const read = await core.invoke('schemaFile.read', jsonSchemaAt(path))
      const before = told(path)
      change()
      await waitFor('news of a change', () => told(path) > before)
      if (!read.ok) return read.error.code
      return read.value.kind === 'file' ? Buffer.from(read.value.bytes).toString() : read.value.kind
    }
    expect(await textAfter(() => file('changing.json', '{"type": "object"}'))).toBe('{}')
    const another = file('another.json', '{"type": "array"}')
    expect(await textAfter(() => renameSync(another, path))).toBe('{"type": "object"}')
    expect(await textAfter(() => rmSync(path))).toBe('{"type": "array"}')
    expect(await textAfter(() => file('changing.json', '{}'))).toBe('fileMissing')
  })

  it('is followed again when its rule comes back after it was deleted', async () => {
    const path = file('returning.json', '{}')
    await choose(path)
    await core.value('schemaFile.read', jsonSchemaAt(path))
    const before = (await core.snapshot()).payloadRules
    await core.value('payloadRules.save', [...before, ruleOf('returning', path)])
    await core.value('payloadRules.save', [...before])
    await core.value('payloadRules.save', [...before, ruleOf('returning', path)])
    file('returning.json', '{"type": "object"}')
    await waitFor('news of a change', () => told(path) > 0)
  })

  it('is read up to a limit, and only where it is a file', async () => {
    const large = file('large.json', new Uint8Array(8 * 2 ** 20 + 1))
    await choose(large)
    expect(await core.invoke('schemaFile.read', jsonSchemaAt(large))).toMatchObject({ error: { code: 'fileTooLarge' } })
    await choose('/dev/zero')
    expect(await core.invoke('schemaFile.read', jsonSchemaAt('/dev/zero'))).toMatchObject({
      error: { code: 'fileNotRegular' },
    })
  })

  it('of Protobuf has the types of what it imports, from folders above it, too', async () => {
    const path = file(
      'proto/plant/reading.proto',
      'syntax = "proto3"; package plant; import "plant/unit.proto"; message Reading { Unit unit = 1; }',
    )
    file('proto/plant/unit.proto', 'syntax = "proto3"; package plant; import public "common/si.proto"; message Unit {}')
    file('proto/common/si.proto', 'syntax = "proto3"; import "plant/unit.proto"; message Si {}')
    expect(await protobufNames(path, 'protobuf')).toEqual(['Si', 'plant.Reading', 'plant.Unit'])
    const folder = join(harness.folder.path, 'repository', 'proto')
    expect(await protobufNames(folder, 'protobufFolder')).toEqual(['Si', 'plant.Reading', 'plant.Unit'])
  })

  it('of Protobuf reads nothing outside of the folders it stands in, and says what is missing', async () => {
    file('outside.proto', 'syntax = "proto3"; message Outside {}')
    const path = file('proto/leaving.proto', 'syntax = "proto3";\nimport "../outside.proto";\nmessage A {}')
    await choose(path, 'protobuf')
    expect(await core.value('schemaFile.read', { path, kind: 'protobuf' })).toMatchObject({
      kind: 'faultyProtobuf',
      problem: { code: 'fileMissing', file: 'leaving.proto', detail: '../outside.proto' },
    })
  })

  it('of Protobuf may be a descriptor set, as its compiler writes it', async () => {
    const message = Buffer.concat([Buffer.of(0x0a, 7), Buffer.from('Reading')])
    const declared = Buffer.concat([Buffer.of(0x22, message.length), message])
    const path = file('set.binpb', Buffer.concat([Buffer.of(0x0a, declared.length), declared]))
    expect(await protobufNames(path, 'protobuf')).toEqual(['Reading'])
    expect(await protobufNames(file('types.txt', 'syntax = "proto3"; message Typed {}'), 'protobuf')).toEqual(['Typed'])
    const broken = file('broken.pb', Buffer.of(0x0a, 5, 1))
    await choose(broken, 'protobuf')
    expect(await core.value('schemaFile.read', { path: broken, kind: 'protobuf' })).toMatchObject({
      kind: 'faultyProtobuf',
      problem: { code: 'notDescriptors', file: 'broken.pb', detail: '2' },
    })
  })

  it('of Protobuf is told when a file comes that it imports', async () => {
    const path = file('waiting/main.proto', 'syntax = "proto3"; import "parts/late.proto"; message Main {}')
    await choose(path, 'protobuf')
    expect(await core.value('schemaFile.read', { path, kind: 'protobuf' })).toMatchObject({ kind: 'faultyProtobuf' })
    file('waiting/parts/late.proto', 'syntax = "proto3"; message Late {}')
    await waitFor('news of a change', () => told(path) > 0)
    expect(await protobufNames(path, 'protobuf')).toEqual(['Late', 'Main'])
  })

  it('of Protobuf is told when a file comes into a folder of its folder', async () => {
    file('growing/inner/one.proto', 'syntax = "proto3"; message One {}')
    const folder = join(harness.folder.path, 'repository', 'growing')
    expect(await protobufNames(folder, 'protobufFolder')).toEqual(['One'])
    file('growing/inner/two.proto', 'syntax = "proto3"; message Two {}')
    await waitFor('news of a change', () => told(folder) > 0)
    expect(await protobufNames(folder, 'protobufFolder')).toEqual(['One', 'Two'])
  })
})

const protobufNames = async (path: string, choice: 'protobuf' | 'protobufFolder') => {
  await choose(path, choice)
  const content = await core.value('schemaFile.read', { path, kind: 'protobuf' })
  if (content.kind !== 'protobuf') throw new Error(JSON.stringify(content))
  return content.schema.messages.map(({ name }) => name).toSorted()
}
