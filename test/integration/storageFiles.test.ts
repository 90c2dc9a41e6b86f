import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createJsonFile } from '../../electron/core/storage/jsonFile'
import { createDraftStore } from '../../electron/core/storage/draftStore'
import { createProfileStore } from '../../electron/core/storage/profileStore'
import { createPublishLibraryStore } from '../../electron/core/storage/publishLibraryStore'
import { createSettingsStore } from '../../electron/core/storage/settingsStore'
import { newProfile } from '../../shared/model/profile'
import { composedMessageSchema, savedMessageSchema } from '../../shared/model/publish'
import { defaultSettings } from '../../shared/model/settings'
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder'

const now = () => Date.UTC(2030, 0, 2, 3, 4, 5)
let folder: TemporaryFolder
beforeEach(() => (folder = createTemporaryFolder('storage')))
afterEach(() => folder.remove())

const path = (name: string) => join(folder.path, name)
const textFile = (name: string) => readFileSync(path(name), 'utf8')
const put = (name: string, content: unknown) =>
  writeFileSync(path(name), typeof content === 'string' ? content : JSON.stringify(content))

const listFile = (keepsBackup = true) =>
  createJsonFile<readonly number[]>({
    path: path('list.json'),
    version: 2,
    parse: (content) => {
      if (!Array.isArray(content)) throw new Error('not a list')
      return content as number[]
    },
    defaults: () => [0],
    now,
    keepsBackup,
  })

describe('a JSON file', () => {
  it('starts from defaults without a word', async () => {
    expect(await listFile().load()).toEqual({ value: [0], notice: null })
  })

  it('answers what was saved, keeps the version before it, and is private', async () => {
    const file = listFile()
    await file.save([1])
    await file.save([2])
    expect(await listFile().load()).toEqual({ value: [2], notice: null })
    expect(JSON.parse(textFile('list.json.bak'))).toEqual({ version: 2, content: [1] })
    expect(readdirSync(folder.path).sort()).toEqual(['list.json', 'list.json.bak'])
    if (process.platform !== 'win32') expect(statSync(path('list.json')).mode & 0o777).toBe(0o600)
  })

  it('writes in the order of the calls', async () => {
    const file = listFile()
    for (let index = 0; index < 50; index += 1) void file.save([index])
    await file.settled()
    expect(JSON.parse(textFile('list.json'))).toEqual({ version: 2, content: [49] })
  })

  it.each(['{"version":2,"cont', '', '[]', '{"version":2,"content":"x"}', '{"version":"2","content":[1]}'])(
    'moves a damaged file aside and loads the backup: %s',
    async (damage) => {
      const file = listFile()
      await file.save([1])
      await file.save([2])
      put('list.json', damage)
      const loaded = await listFile().load()
      const movedTo = 'list.damaged-2030-01-02T03-04-05-000Z.json'
      expect(loaded.value).toEqual([1])
      expect(loaded.notice?.code).toBe('storedFileDamaged')
      expect(loaded.notice?.values).toEqual({ file: 'list.json', name: movedTo, detail: 'backup' })
      expect(textFile(movedTo)).toBe(damage)
      expect(await listFile().load()).toEqual({ value: [1], notice: null })
    },
  )

  it('starts from defaults and keeps both when both are damaged', async () => {
    put('list.json', '{')
    put('list.json.bak', '}')
    const loaded = await listFile().load()
    expect(loaded.value).toEqual([0])
    expect(loaded.notice?.values?.['detail']).toBe('defaults')
    const kept = readdirSync(folder.path).map(textFile).sort()
    expect(kept).toEqual(['{', '}'])
  })

  it('says that a file was missing when its backup is loaded', async () => {
    put('list.json.bak', { version: 2, content: [1] })
    const loaded = await listFile().load()
    expect(loaded.value).toEqual([1])
    expect(loaded.notice?.values).toMatchObject({ file: 'list.json', detail: 'missing' })
    expect(loaded.notice?.message).toContain('was missing')
    expect(await listFile().load()).toEqual({ value: [1], notice: null })
  })

  it.each([null, '{'])('leaves a backup of a newer version alone when the file is %s', async (main) => {
    const newer = { version: 3, content: { anything: true } }
    put('list.json.bak', newer)
    if (main !== null) put('list.json', main)
    const file = listFile()
    const loaded = await file.load()
    expect(loaded).toMatchObject({
      value: [0],
      notice: { code: 'storedFileNewer', values: { file: 'list.json.bak' } },
    })
    for (const value of [1, 2]) expect(await file.save([value])).toMatchObject({ ok: false })
    expect(JSON.parse(textFile('list.json.bak'))).toEqual(newer)
  })

  it('leaves a backup that cannot be read alone', async () => {
    mkdirSync(path('list.json.bak'))
    const file = listFile()
    expect((await file.load()).notice).toMatchObject({ code: 'fileUnreadable', values: { name: 'list.json.bak' } })
    expect(await file.save([1])).toMatchObject({ ok: false })
  })

  it('does not claim to have kept a damaged file that could not be moved', async () => {
    put('list.json', '{')
    // A folder with something in it cannot be replaced by a file.
    mkdirSync(path('list.damaged-2030-01-02T03-04-05-000Z.json/occupied'), { recursive: true })
    const file = listFile()
    const { notice } = await file.load()
    expect(notice).toMatchObject({ code: 'storedFileDamaged', values: { detail: 'unmovedDefaults' } })
    expect(notice?.message).toContain('could not be moved')
    expect(await file.save([1])).toMatchObject({ ok: false, error: { code: 'storageFailed' } })
    expect(textFile('list.json')).toBe('{')
  })

  it('leaves a file of a newer version alone', async () => {
    put('list.json', { version: 3, content: { anything: true } })
    const file = listFile()
    const loaded = await file.load()
    expect(loaded.notice?.code).toBe('storedFileNewer')
    expect(await file.save([1])).toMatchObject({ ok: false, error: { code: 'storedFileNewer' } })
    expect(JSON.parse(textFile('list.json'))).toEqual({ version: 3, content: { anything: true } })
  })

  it('answers why it could not be written, and goes on after that', async () => {
    const file = createJsonFile<number>({
      path: path('sub/n.json'),
      version: 1,
      parse: Number,
      defaults: () => 0,
      now,
    })
    put('sub', 'a file where a folder should be')
    expect(await file.save(1)).toMatchObject({
      ok: false,
      error: { code: 'storageFailed', values: { file: 'n.json' } },
    })
  })
})

const plant = newProfile({ id: 'p1', name: 'Plant', host: 'plant' })
const office = newProfile({ id: 'p2', name: 'Office', host: 'office' })
const openStore = () => createProfileStore({ dataDir: folder.path, now })
const namesIn = (store: Awaited<ReturnType<typeof openStore>>) => store.list().map(({ profile }) => profile.name)

describe('the profile store', () => {
  it('has the local broker at the first start, listening to everything', async () => {
    const [first] = (await openStore()).list()
    expect(first?.profile).toMatchObject({ kind: 'local', name: 'Local broker', subscriptions: [{ filter: '#' }] })
  })

  it('keeps profiles, their order and their folders', async () => {
    const store = await openStore()
    await store.save(plant)
    await store.save(office)
    await store.arrange([
      { id: 'p2', folder: 'Work' },
      { id: 'nobody', folder: '' },
      { id: 'p1', folder: '' },
    ])
    const again = await openStore()
    expect(namesIn(again)).toEqual(['Office', 'Plant', 'Local broker'])
    expect(again.find('p2')?.profile.folder).toBe('Work')
  })

  it('stays empty when everything was deleted', async () => {
    await (await openStore()).remove('local')
    expect((await openStore()).list()).toEqual([])
  })

  it('restores a deleted profile in its place', async () => {
    const store = await openStore()
    await store.save(plant)
    await store.save(office)
    await store.remove('p1')
    expect(namesIn(await openStore())).toEqual(['Local broker', 'Office'])
    await store.restore('p1')
    expect(namesIn(await openStore())).toEqual(['Local broker', 'Plant', 'Office'])
    expect(await store.restore('p1')).toMatchObject({ ok: false, error: { code: 'notFound' } })
  })

  it('never writes what the command line opened', async () => {
    const store = await openStore()
    store.open({ ...plant, name: 'Passing by' })
    await store.update({ ...plant, name: 'Passing by twice' })
    await store.save(office)
    expect(namesIn(store)).toEqual(['Local broker', 'Passing by twice', 'Office'])
    expect(textFile('profiles.json')).not.toContain('Passing by')
    await store.save({ ...plant, name: 'To stay' })
    expect(namesIn(await openStore())).toEqual(['Local broker', 'To stay', 'Office'])
  })

  it('sets a bad profile aside, says so once and loses nothing', async () => {
    const bad = { id: 'p3', name: 'Bad', extra: [1] }
    put('profiles.json', { version: 1, content: { profiles: [plant, bad, office, { ...plant, name: 'Twin' }] } })
    const store = await openStore()
    expect(namesIn(store)).toEqual(['Plant', 'Office'])
    expect(store.notices).toMatchObject([{ code: 'storedEntriesDamaged', values: { file: 'profiles.json', count: 2 } }])
    await store.save({ ...plant, name: 'Plant 1' })
    const again = await openStore()
    expect(again.notices).toEqual([])
    expect(JSON.parse(textFile('profiles.json'))).toMatchObject({ content: { setAside: [bad, { name: 'Twin' }] } })
  })

  it('takes back the one of several changes that the disk refuses, and no other', async () => {
    const store = await openStore()
    mkdirSync(path('profiles.json.tmp'))
    const first = store.save(plant)
    const second = store.save(office)
    expect(namesIn(store)).toEqual(['Local broker', 'Plant', 'Office'])
    expect(await first).toMatchObject({ ok: false, error: { code: 'storageFailed' } })
    rmdirSync(path('profiles.json.tmp'))
    await second
    await store.save({ ...office, name: 'Office 2' })
    expect(namesIn(store)).toEqual(['Local broker', 'Office 2'])
    expect(namesIn(await openStore())).toEqual(['Local broker', 'Office 2'])
  })

  it('takes a change back that the disk refuses', async () => {
    put('profiles.json', { version: 9, content: {} })
    const store = await openStore()
    const before = store.list()
    expect(await store.save(plant)).toMatchObject({ ok: false, error: { code: 'storedFileNewer' } })
    expect(store.list()).toEqual(before)
  })
})

describe('settings and library', () => {
  it('keep what they understand and take the default for the rest', async () => {
    put('settings.json', { version: 1, content: { theme: 'dark', language: 'tlh', colour: 'mauve' } })
    const settings = await createSettingsStore({ dataDir: folder.path, now })
    expect(settings.current()).toEqual({ ...defaultSettings, theme: 'dark' })
    await settings.save({ ...defaultSettings, language: 'zh-TW' })
    expect((await createSettingsStore({ dataDir: folder.path, now })).current().language).toBe('zh-TW')
  })

  it('keeps drafts, and sets aside only the one that cannot be read', async () => {
    const message = composedMessageSchema.parse({
      topic: 'a',
      payload: '{"half',
      format: 'json',
      qos: 1,
      retain: false,
      contentType: '',
      responseTopic: '',
      correlationData: '',
      messageExpiry: '',
      userProperties: [],
    })
    const draft = { id: 'd1', name: 'Half', message, everyMs: '1000', leftOut: null }
    const store = await createDraftStore({ dataDir: folder.path, now })
    await store.save({ drafts: [draft, { ...draft, id: 'd2' }], shownIn: { c: 'd2' } })
    const written = JSON.parse(textFile('drafts.json')) as { content: { drafts: { message: unknown }[] } }
    const { content } = written
    put('drafts.json', { ...written, content: { ...content, drafts: [content.drafts[0], { ...draft, message: 5 }] } })
    const again = await createDraftStore({ dataDir: folder.path, now })
    expect(again.current()).toEqual({ drafts: [draft], shownIn: { c: 'd2' } })
    expect(again.notices).toMatchObject([{ code: 'storedEntriesDamaged', values: { file: 'drafts.json', count: 1 } }])
    await again.save(again.current())
    expect(JSON.parse(textFile('drafts.json'))).toMatchObject({ content: { setAside: [{ id: 'd1', message: 5 }] } })
  })

  it('keeps named messages and history', async () => {
    const message = {
      topic: 't',
      payload: '{}',
      format: 'json',
      qos: 1,
      retain: false,
      contentType: '',
      responseTopic: '',
      correlationData: '',
      messageExpiry: '',
      userProperties: [['a', 'b']],
    } as const
    const savedMessages = [savedMessageSchema.parse({ id: 'm1', name: 'Start', folder: '', message })]
    put('messages.json', {
      version: 1,
      content: { savedMessages: [...savedMessages, { id: 'm2' }], history: { p1: [{ sentAt: 1, message }, 7] } },
    })
    const library = await createPublishLibraryStore({ dataDir: folder.path, now })
    expect(library.current()).toEqual({ history: { p1: [{ sentAt: 1, message }] } })
    expect(library.savedMessages()).toEqual(savedMessages)
    expect(existsSync(path('messages.json'))).toBe(true)
    expect(library.notices).toMatchObject([
      { code: 'storedEntriesDamaged', values: { file: 'messages.json', count: 2 } },
    ])
    await library.save({ history: {} })
    expect(JSON.parse(textFile('messages.json'))).toMatchObject({
      content: { savedMessages, history: {}, setAside: { savedMessages: [{ id: 'm2' }], history: { p1: [7] } } },
    })
    const again = await createPublishLibraryStore({ dataDir: folder.path, now })
    expect(again.notices).toEqual([])
    expect(again.current()).toEqual({ history: { p1: [] } })
    expect(await again.savedMessagesMoved()).toEqual({ ok: true, value: null })
    expect(JSON.parse(textFile('messages.json'))).toMatchObject({
      content: { savedMessages: [], setAside: { savedMessages: [{ id: 'm2' }] } },
    })
    expect(JSON.parse(textFile('messages-before-collections.json'))).toMatchObject({ content: { savedMessages } })
  })
})
