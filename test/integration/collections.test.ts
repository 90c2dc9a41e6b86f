import {
  appendFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder'
import { waitFor } from '../support/waitFor'
import {
  closeCollections,
  filesIn,
  git,
  keptAs,
  messageTo,
  openCollection,
  readText,
  writeText,
} from './collectionHarness'

let folder: TemporaryFolder
beforeEach(() => void (folder = createTemporaryFolder('collections')))
afterEach(() => {
  closeCollections()
  folder.remove()
})

const written = (name: string, topic = name) => `{"version":1,"name":"${name}","topic":"${topic}","note":"mine"}\n`

describe('a collection', () => {
  it('is a file a message, in folders, and the same when it is opened again', async () => {
    const collection = await openCollection(folder.path)
    await collection.addFolder('', 'Pump / 1')
    const bytes = { ...messageTo('b', '00 ff'), format: 'hex' as const, qos: 2 as const, retain: true }
    const template = {
      ...messageTo('t/{{ n }}', '{{ now }}'),
      isTemplate: true,
      userProperties: [['a', '1']] as [string, string][],
    }
    collection.save([
      keptAs('Start'),
      keptAs('CON', { folder: 'Pump %2F 1', message: bytes }),
      keptAs('T', { message: template, shortcut: 'F6' }),
    ])
    await collection.settled()
    expect(filesIn(folder.path)).toEqual([
      'Pump %2F 1/%43ON.bin',
      'Pump %2F 1/%43ON.message.json',
      'Start.message.json',
      'T.message.json',
    ])
    expect(statSync(join(folder.path, 'Pump %2F 1/%43ON.bin')).size).toBe(2)
    const again = await openCollection(folder.path)
    expect(new Set(again.messages())).toEqual(new Set(collection.messages()))
    expect(again.whole().facts.folders).toEqual([{ path: 'Pump %2F 1', name: 'Pump / 1' }])
  })

  it('renames, moves, reorders and removes, on disk too', async () => {
    const collection = await openCollection(folder.path)
    collection.save(['a', 'b', 'c'].map((name) => keptAs(name)))
    collection.move('id-c', '', 'id-a')
    collection.save([keptAs('B2', { id: 'id-b', message: { ...messageTo('b', 'AA=='), format: 'base64' } })])
    await collection.addFolder('', 'sub')
    collection.move('id-a', 'sub', null)
    await collection.settled()
    expect(filesIn(folder.path)).toEqual(['B2.bin', 'B2.message.json', 'c.message.json', 'sub/a.message.json'])
    expect(collection.messages().map(({ name, order }) => [name, order])).toEqual([
      ['a', 1000],
      ['B2', 2000],
      ['c', 0],
    ])
    expect(await collection.moveFolder('sub', '', 'other')).toMatchObject({ ok: true, value: 'other' })
    collection.remove(['id-b'])
    await collection.settled()
    expect(filesIn(folder.path)).toEqual(['c.message.json', 'other/a.message.json'])
    await collection.removeFolder('other')
    expect(existsSync(join(folder.path, 'other'))).toBe(false)
    // Brought back, folder and all.
    collection.save([keptAs('a', { folder: 'other' })])
    await collection.settled()
    expect((await openCollection(folder.path)).names()).toEqual(['c', 'other/a'])
  })

  it('gives names that are one file somewhere files of their own, and takes no name that is used', async () => {
    writeText('not ours', folder.path, 'Stop.bin')
    const collection = await openCollection(folder.path)
    collection.save([keptAs('start'), keptAs('Start'), keptAs('x', { name: 'start' }), keptAs('Stop')])
    await collection.settled()
    expect(filesIn(folder.path)).toEqual([
      'Start~2.message.json',
      'Stop.bin',
      'Stop~2.message.json',
      'start.message.json',
      'start~3.message.json',
    ])
    expect(readText(folder.path, 'Stop.bin')).toBe('not ours')
  })

  it('keeps keys it does not know, also of what was removed and brought back', async () => {
    writeText(written('a'), folder.path, 'mine.message.json')
    const collection = await openCollection(folder.path)
    const [a] = collection.messages()
    if (!a) throw new Error('no message')
    collection.save([{ ...a, message: { ...a.message, qos: 1 } }])
    await collection.settled()
    expect(JSON.parse(readText(folder.path, 'mine.message.json'))).toMatchObject({ note: 'mine', qos: 1, id: a.id })
    collection.remove([a.id])
    await collection.settled()
    expect(filesIn(folder.path)).toEqual([])
    collection.save([a])
    await collection.settled()
    expect(JSON.parse(readText(folder.path, 'a.message.json'))).toMatchObject({ note: 'mine', qos: 0 })
  })

  it('says what cannot be read, and leaves it as it is', async () => {
    const conflict = '{\n<<<<<<< HEAD\n=======\n>>>>>>> x\n}'
    writeText(conflict, folder.path, 'conflict.message.json')
    writeText('{', folder.path, 'half.message.json')
    writeText('{"version":9}', folder.path, 'newer.message.json')
    writeText('{"version":1,"name":"a","topic":"a","payloadFile":"../x"}', folder.path, 'out.message.json')
    writeText('{"version":1,"name":"a","topic":"a","payloadFile":"gone.bin"}', folder.path, 'gone.message.json')
    writeText('x'.repeat(9_000_000), folder.path, 'large.message.json')
    writeText(written('deep'), folder.path, ...Array.from({ length: 17 }, () => 'd'), 'deep.message.json')
    writeText('{}', folder.path, 'package.json')
    writeText(written('hidden'), folder.path, '.git', 'x.message.json')
    const outside = createTemporaryFolder('outside')
    writeText(written('secret'), outside.path, 'secret.message.json')
    writeText('bytes', outside.path, 'secret.bin')
    symlinkSync(join(outside.path, 'secret.message.json'), join(folder.path, 'link.message.json'))
    symlinkSync(outside.path, join(folder.path, 'linked'))
    symlinkSync(join(outside.path, 'secret.bin'), join(folder.path, 'lead.bin'))
    writeText('{"version":1,"name":"a","topic":"a","payloadFile":"lead.bin"}', folder.path, 'lead.message.json')
    const collection = await openCollection(folder.path)
    expect(new Map(collection.damaged() as [string, string][])).toEqual(
      new Map([
        ['conflict.message.json', 'conflict'],
        ['half.message.json', 'notJson'],
        ['newer.message.json', 'newer'],
        ['out.message.json', 'payload'],
        ['gone.message.json', 'payload'],
        ['lead.message.json', 'payload'],
        ['large.message.json', 'tooLarge'],
        ['link.message.json', 'link'],
        [Array.from({ length: 17 }, () => 'd').join('/'), 'tooDeep'],
      ]),
    )
    expect(collection.messages()).toEqual([])
    // A name that is taken by one of them is not written over, and a link is not written through.
    collection.save([keptAs('half'), keptAs('link'), keptAs('in', { folder: 'linked' })])
    await collection.settled()
    expect(readText(folder.path, 'half.message.json')).toBe('{')
    expect(readText(outside.path, 'secret.message.json')).toBe(written('secret'))
    expect(filesIn(outside.path)).toEqual(['secret.bin', 'secret.message.json'])
    expect(collection.messages().map(({ name, unsaved }) => [name, unsaved?.code])).toEqual([
      ['half', undefined],
      ['link', undefined],
      ['in', 'storageFailed'],
    ])
    outside.remove()
  })

  it('refuses folders that lead out of it', async () => {
    const collection = await openCollection(folder.path)
    for (const path of ['..', '../x', '/tmp', 'a//b', 'a/../..', '.git', 'C:', 'a\\b'])
      expect(collection.save([keptAs('a', { folder: path })])).toMatchObject({ error: { code: 'notFound' } })
    expect(await collection.addFolder('', '..')).toMatchObject({ value: '%2E%2E' })
    expect(await collection.addFolder('', '..')).toMatchObject({ error: { code: 'nameTaken' } })
  })

  it('takes over what is changed outside, unasked, and a file that was moved stays the same message', async () => {
    const collection = await openCollection(folder.path)
    collection.save([keptAs('a'), keptAs('b')])
    await collection.settled()
    writeText(
      readText(folder.path, 'a.message.json').replace('"topic": "a"', '"topic": "changed"'),
      folder.path,
      'a.message.json',
    )
    await waitFor('the other topic', () => collection.messages().some(({ message }) => message.topic === 'changed'))
    mkdirSync(join(folder.path, 'new'))
    renameSync(join(folder.path, 'b.message.json'), join(folder.path, 'new', 'b.message.json'))
    await waitFor('the other folder', () => collection.names().includes('new/b'))
    expect(
      collection
        .messages()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['id-a', 'id-b'])
    writeText(written('c'), folder.path, 'new', 'c.message.json')
    await waitFor('a message in a new folder', () => collection.names().includes('new/c'))
    rmSync(join(folder.path, 'new'), { recursive: true })
    await waitFor('the folder gone', () => collection.names().join() === 'a')
    expect(collection.whole().facts.folders).toEqual([])
  })

  it('keeps both where a file was changed on both sides', async () => {
    const collection = await openCollection(folder.path)
    collection.save([keptAs('a')])
    await collection.settled()
    // Nobody has looked since: no event is taken before the next turn.
    writeText(
      readText(folder.path, 'a.message.json').replace('"topic": "a"', '"topic": "theirs"'),
      folder.path,
      'a.message.json',
    )
    collection.save([keptAs('a', { message: messageTo('ours') })])
    await collection.settled()
    expect(collection.messages().map(({ name, message }) => [name, message.topic])).toEqual([
      ['a (2)', 'ours'],
      ['a', 'theirs'],
    ])
    expect((await openCollection(folder.path)).names()).toEqual(['a', 'a (2)'])
  })

  it('leaves alone what somebody put beside a message, and a payload that another message has as well', async () => {
    writeText('firmware', folder.path, 'A.bin')
    writeText(written('A'), folder.path, 'A.message.json')
    writeText('{"version":1,"name":"B","topic":"b","payloadFile":"both.bin"}', folder.path, 'B.message.json')
    writeText('{"version":1,"name":"C","topic":"c","payloadFile":"both.bin"}', folder.path, 'C.message.json')
    writeText('both', folder.path, 'both.bin')
    const collection = await openCollection(folder.path)
    const named = (name: string) => {
      const found = collection.messages().find((one) => one.name === name)
      if (!found) throw new Error(`There is no ${name}.`)
      const { order: _order, unsaved: _unsaved, ...kept } = found
      return kept
    }
    const inHex = { format: 'hex', payload: '01' } as const
    collection.save([{ ...named('A'), message: { ...messageTo('A'), ...inHex } }])
    collection.save([{ ...named('B'), message: { ...messageTo('B'), ...inHex } }])
    collection.remove([named('C').id])
    await collection.settled()
    expect(readText(folder.path, 'A.bin')).toBe('firmware')
    expect(readText(folder.path, 'both.bin')).toBe('both')
    const again = await openCollection(folder.path)
    expect(again.damaged()).toEqual([])
    expect(again.messages().map(({ name, message }) => [name, message.payload])).toEqual([
      ['A', '01'],
      ['B', '01'],
    ])
  })

  it('does not take the payload along that a message made by copying its file has', async () => {
    const collection = await openCollection(folder.path)
    collection.save([keptAs('A', { message: { ...messageTo('a', '01 02'), format: 'hex' } })])
    await collection.settled()
    writeText(readText(folder.path, 'A.message.json'), folder.path, 'A copy.message.json')
    await collection.check()
    collection.remove(['id-A'])
    await collection.settled()
    const again = await openCollection(folder.path)
    expect(again.damaged()).toEqual([])
    expect(again.messages()).toMatchObject([{ message: { payload: '01 02' } }])
  })

  it('says what could not be written, goes on showing it, and writes it when it is told to', async () => {
    const collection = await openCollection(folder.path)
    collection.save([keptAs('a')])
    await collection.settled()
    writeFileSync(join(folder.path, 'sub'), 'a file where a folder is to be')
    collection.save([keptAs('b', { folder: 'sub' })])
    await collection.settled()
    await collection.check()
    expect(collection.messages().map(({ name, unsaved }) => [name, unsaved?.code])).toEqual([
      ['a', undefined],
      ['b', 'storageFailed'],
    ])
    rmSync(join(folder.path, 'sub'))
    collection.retry()
    await collection.settled()
    expect(collection.messages().map(({ unsaved }) => unsaved)).toEqual([null, null])
    expect(collection.changes.at(-1)?.put).toMatchObject([{ name: 'b', unsaved: null }])
    expect(filesIn(folder.path)).toEqual(['a.message.json', 'sub/b.message.json'])
  })

  it('says that an opened folder is gone, keeps what it had, and goes on when it is back', async () => {
    const path = join(folder.path, 'repo')
    writeText(written('a'), path, 'a.message.json')
    const collection = await openCollection(path)
    renameSync(path, `${path}2`)
    await collection.check()
    expect(collection.whole().facts.problem).toMatchObject({ code: 'fileMissing' })
    expect(collection.names()).toEqual(['a'])
    renameSync(`${path}2`, path)
    await collection.check()
    expect(collection.whole().facts.problem).toBeNull()
  })

  it('merges in git without a conflict where two clones add, edit and reorder messages', async () => {
    const [origin, one, two] = ['origin', 'one', 'two'].map((name) => join(folder.path, name)) as [
      string,
      string,
      string,
    ]
    git(folder.path, 'init', '--quiet', '--bare', '--initial-branch=main', origin)
    git(folder.path, 'clone', '--quiet', origin, one)
    const first = await openCollection(one)
    first.save(['a', 'b', 'c'].map((name) => keptAs(name, { message: messageTo(name, '{\n  "on": true\n}') })))
    await first.settled()
    git(one, 'checkout', '--quiet', '-B', 'main')
    const push = (clone: string, message: string) => {
      git(clone, 'add', '--all')
      git(clone, 'commit', '--quiet', '--message', message)
      git(clone, 'push', '--quiet', 'origin', 'main')
    }
    push(one, 'three messages')
    git(folder.path, 'clone', '--quiet', '--branch', 'main', origin, two)
    const second = await openCollection(two)
    expect(second.names()).toEqual(['a', 'b', 'c'])

    // Both add one at the end, edit another one, and one of them reorders.
    first.save([keptAs('from one'), keptAs('a', { message: messageTo('a/edited') })])
    await first.addFolder('', 'folder')
    first.save([keptAs('in it', { folder: 'folder' })])
    second.save([keptAs('from two'), keptAs('b', { message: messageTo('b', '{\n  "on": false\n}') })])
    second.move('id-c', '', 'id-a')
    await Promise.all([first.settled(), second.settled()])
    push(one, 'edited in one')
    git(two, 'add', '--all')
    git(two, 'commit', '--quiet', '--message', 'edited in two')
    git(two, 'pull', '--quiet', '--no-rebase', '--no-edit', 'origin', 'main')
    await waitFor('what came from the other clone', () => second.names().includes('from one'))
    git(two, 'push', '--quiet', 'origin', 'main')
    git(one, 'pull', '--quiet', 'origin', 'main')
    await waitFor('what came from the other clone', () => first.names().includes('from two'))
    await Promise.all([first.check(), second.check()])
    expect(first.names()).toEqual(['a', 'b', 'c', 'folder/in it', 'from one', 'from two'])
    expect(new Set(first.messages())).toEqual(new Set(second.messages()))
    expect(first.damaged()).toEqual([])
    expect(git(one, 'status', '--porcelain')).toBe('')

    // Where both change the same lines, the file is told as a conflict and left to the person.
    first.save([keptAs('a', { message: messageTo('a/by one') })])
    second.save([keptAs('a', { message: messageTo('a/by two') })])
    await Promise.all([first.settled(), second.settled()])
    push(one, 'a by one')
    git(two, 'commit', '--quiet', '--all', '--message', 'a by two')
    expect(() => git(two, 'pull', '--quiet', '--no-rebase', '--no-edit', 'origin', 'main')).toThrow()
    await waitFor('the conflict', () => second.damaged().length > 0)
    expect(second.damaged()).toEqual([['a.message.json', 'conflict']])
  })

  it('takes ten thousand messages, and looks again without reading them', async () => {
    for (let index = 0; index < 10_000; index++)
      writeText(written(`m${index}`), folder.path, `f${index % 100}`, `m${index}.message.json`)
    const collection = await openCollection(folder.path)
    expect(collection.messages()).toHaveLength(10_000)
    const told = collection.changes.length
    appendFileSync(join(folder.path, 'f7', 'm7.message.json'), '\n')
    await collection.check()
    expect(
      collection.changes
        .slice(told)
        .flatMap(({ put }) => put)
        .map(({ name }) => name),
    ).toEqual(['m7'])
  })
})
