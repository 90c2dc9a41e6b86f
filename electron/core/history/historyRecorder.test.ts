import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, openSync, closeSync, readdirSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createHistoryCursor } from './historyReader'
import { createFrames, everything, openSqlite, readAll, recorderIn, testFolders } from './historyTesting'
import { damagedPath, segmentsIn } from './segmentFile'

const folders = testFolders()
afterEach(folders.removeAll)

const readIn = (folder: string) => readAll(createHistoryCursor(openSqlite, folder, { heads: false }))
const topicsIn = (folder: string) =>
  readIn(folder).map((one) => ('gap' in one ? `${one.gap} ${one.messages}` : one.topic))
const firstsIn = (folder: string) => segmentsIn(folder).map(({ first }) => first)
const pathOf = (folder: string, wanted = 1) => segmentsIn(folder).find(({ first }) => first === wanted)?.path ?? ''
const many = (count: number, topic = 'a') =>
  Array.from({ length: count }, (_, index) => ({ topic, payload: `${index}` }))

/** As the end of a process leaves it: what was committed is there, and nothing was closed. */
const killed = (folder: string): string => {
  const copy = folders.make()
  for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(copy, name))
  return copy
}

describe('a history', () => {
  it('has the messages of frames in their order, with their bytes, over several runs', () => {
    const folder = folders.make()
    for (const run of ['one', 'two']) {
      const recorder = recorderIn({ folder })
      const sent = [
        { topic: run, payload: new Uint8Array([0, 255]) },
        { topic: 'plant/線', payload: '', outgoing: true },
      ]
      createFrames().of(sent).forEach(recorder.add)
      recorder.stop()
    }
    expect(topicsIn(folder)).toEqual(['one', 'plant/線', 'two', 'plant/線'])
    expect(firstsIn(folder)).toEqual([1])
  })

  it('keeps what its filters let through, by topic and direction', () => {
    const folder = folders.make()
    const settings = {
      mode: 'filtered',
      incoming: true,
      outgoing: false,
      include: ['a/#', 'b'],
      exclude: ['a/no/+'],
    } as const
    const recorder = recorderIn({
      folder,
      settings: { ...settings, include: [...settings.include], exclude: [...settings.exclude] },
    })
    const topics = ['a/1', 'b', 'b/1', 'a/no/1', 'a/no', '$SYS/a']
    const sent = [...topics.map((topic) => ({ topic })), { topic: 'a/2', outgoing: true }]
    createFrames().of(sent).forEach(recorder.add)
    recorder.stop()
    expect(topicsIn(folder)).toEqual(['a/1', 'b', 'a/no'])
  })

  it('begins another segment at a limit; a sealed one has an index and a summary, and sqlite3 reads it', () => {
    const folder = folders.make()
    const recorder = recorderIn({ folder, segments: { messages: 10 } })
    const frames = createFrames()
    for (let round = 0; round < 4; round += 1) {
      frames.of(many(8, `t/${round % 2}`)).forEach(recorder.add)
      recorder.tick()
    }
    recorder.stop()
    expect(firstsIn(folder)).toEqual([1, 17])
    expect(topicsIn(folder)).toHaveLength(32)
    const said = execFileSync('sqlite3', [
      pathOf(folder),
      'PRAGMA integrity_check; SELECT name, messages, first_seq, last_seq FROM topic_summary ORDER BY name; ' +
        'SELECT t.topic, CAST(m.payload AS TEXT) FROM messages m JOIN topics t ON t.id = m.topic WHERE m.seq = 16;',
    ])
    expect(said.toString().trim().split('\n')).toEqual(['ok', 't/0|8|1|8', 't/1|8|9|16', 't/1|7'])
  })

  it('removes the oldest segments beyond a size or an age, and never the one that is written', () => {
    const folder = folders.make()
    let now = 1_700_000_000_000
    const recorder = recorderIn({ folder, segments: { messages: 10 }, now: () => now })
    const frames = createFrames()
    for (let round = 0; round < 5; round += 1) {
      frames.of(many(10).map((one) => ({ ...one, time: now }))).forEach(recorder.add)
      now += 3_600_000
      recorder.tick()
    }
    expect(firstsIn(folder)).toEqual([1, 11, 21, 31, 41])
    recorder.setLimits({ bytes: Infinity, milliseconds: 3.5 * 3_600_000 })
    recorder.tick()
    expect(firstsIn(folder)).toEqual([21, 31, 41])
    recorder.setLimits({ bytes: 1, milliseconds: null })
    recorder.tick()
    expect(firstsIn(folder)).toEqual([41])
    recorder.stop()
  })
})

describe('a gap', () => {
  it('stands where messages were dropped before they were written, and where one was too large', () => {
    const folder = folders.make()
    const recorder = recorderIn({ folder })
    const frames = createFrames()
    frames.of([{ topic: 'a' }]).forEach(recorder.add)
    frames.connection.skip({ time: 5, topic: 'big', bytes: 10, cause: 'packet' })
    const gap = { cause: 'busy', messages: 3, from: 1, to: 2 } as const
    frames.of([{ topic: 'b' }]).forEach((recorded) => recorder.add({ ...recorded, gap }))
    recorder.stop()
    expect(topicsIn(folder)).toEqual(['a', 'busy 3', 'skipped 1', 'b'])
    expect(recorder.status()).toMatchObject({ gapCount: 2, missing: 4, phase: 'idle' })
  })

  it('says that the application was ended, and loses nothing that was committed', () => {
    const folder = folders.make()
    const recorder = recorderIn({ folder })
    const frames = createFrames()
    frames.of(many(3)).forEach(recorder.add)
    recorder.tick()
    frames.of(many(2, 'lost')).forEach(recorder.add)
    const left = killed(folder)
    const next = recorderIn({ folder: left })
    frames.of([{ topic: 'b' }]).forEach(next.add)
    next.stop()
    expect(recorder.committed()).toBe(3)
    // Names of another frame were needed for the last one: a recorder learns them from its own first frame.
    expect(topicsIn(left).slice(0, 4)).toEqual(['a', 'a', 'a', 'killed null'])
    recorder.stop()
  })
})

describe('a full disk', () => {
  /** A database that takes no more pages, until it may grow. */
  const limitedDisk = () => {
    const opened: { exec(sql: string): void }[] = []
    let pages = 60
    return {
      open: ((path, options) => {
        const database = openSqlite(path, options)
        if (options?.readOnly !== true) {
          database.exec(`PRAGMA max_page_count = ${pages}`)
          opened.push(database)
        }
        return database
      }) satisfies typeof openSqlite,
      makeRoom: () => (pages = 1_000_000),
    }
  }

  it('pauses recording; what it could not keep is counted, and it goes on when there is room', () => {
    const folder = folders.make()
    const disk = limitedDisk()
    let now = Date.now()
    const recorder = recorderIn({ folder, open: disk.open, now: () => now })
    const frames = createFrames()
    let given = 0
    for (let round = 0; round < 6; round += 1) {
      frames.of(many(100).map((one) => ({ ...one, payload: 'x'.repeat(1_000) }))).forEach(recorder.add)
      given += 100
      recorder.tick()
    }
    expect(recorder.status().phase).toBe('full')
    expect(recorder.committed()).toBe(100)
    expect(recorder.status().missing).toBe(given - 100)
    disk.makeRoom()
    now += 10_000
    recorder.tick()
    expect(recorder.status().phase).toBe('recording')
    frames.of(many(5, 'b')).forEach(recorder.add)
    recorder.stop()
    expect(topicsIn(folder)).toEqual([
      ...Array.from({ length: 100 }, () => 'a'),
      'disk 500',
      ...many(5, 'b').map(({ topic }) => topic),
    ])
  })
})

describe('damage', () => {
  const overwrite = (path: string, from: number, bytes: number) => {
    const file = openSync(path, 'r+')
    writeSync(file, Buffer.alloc(bytes, 0xa5), 0, bytes, from)
    closeSync(file)
  }
  const written = (messages: number) => {
    const folder = folders.make()
    const recorder = recorderIn({ folder })
    createFrames()
      .of(many(messages).map((one) => ({ ...one, payload: one.payload.padStart(500) })))
      .forEach(recorder.add)
    recorder.stop()
    return folder
  }

  it('in the middle of a segment that is not sealed is told with its count, and the rest is kept', () => {
    const folder = written(2_000)
    const path = pathOf(folder)
    const size = statSync(path).size
    overwrite(path, Math.floor(size / 2 / 4_096) * 4_096, 8_192)
    const recorder = recorderIn({ folder })
    expect(recorder.load()).toBe(true)
    createFrames()
      .of([{ topic: 'after' }])
      .forEach(recorder.add)
    recorder.stop()
    const found = readIn(folder)
    const gap = found.find((one) => 'gap' in one)
    expect(gap).toHaveProperty('gap', 'damaged')
    const kept = found.filter((one) => 'topic' in one && one.topic === 'a').length
    expect(kept + (gap && 'messages' in gap ? (gap.messages ?? 0) : 0)).toBe(2_000)
    expect(kept).toBeGreaterThan(1_900)
    expect(existsSync(damagedPath(path))).toBe(true)
  })

  it('of the whole file leaves a gap, and a history that goes on', () => {
    const folder = written(50)
    overwrite(pathOf(folder), 0, 8_192)
    const recorder = recorderIn({ folder })
    createFrames()
      .of([{ topic: 'after' }])
      .forEach(recorder.add)
    recorder.stop()
    expect(topicsIn(folder)).toEqual(['damaged null', 'after'])
  })

  it('of a sealed segment is told when it is read, and those beside it are read', () => {
    const folder = folders.make()
    const recorder = recorderIn({ folder, segments: { messages: 100 } })
    const frames = createFrames()
    for (const topic of ['one', 'two', 'three']) {
      frames.of(many(100, topic)).forEach(recorder.add)
      recorder.tick()
    }
    recorder.stop()
    overwrite(pathOf(folder, 101), 0, 8_192)
    const found = topicsIn(folder)
    expect(found.filter((one) => one === 'one' || one === 'three')).toHaveLength(200)
    expect(found).toContain('damaged 100')
    const again = recorderIn({ folder, settings: everything })
    again.load()
    expect(again.status()).toMatchObject({ missing: 100, gapCount: 1 })
    again.stop()
  })
})
