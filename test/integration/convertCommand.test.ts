import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parquetReadObjects } from 'hyparquet'
import { afterEach, describe, expect, it } from 'vitest'
import { inRepo } from '../../build/lib/paths.mjs'
import { startMosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { runCommand, runOrThrow } from '../support/runCommand'
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder'

const program = inRepo('build', 'commandLine.mjs')
const convert = async (args: readonly string[], stdin: Uint8Array | string = '') => {
  const { exitCode, stdout, stderr } = await runCommand(process.execPath, [program, 'convert', ...args], { stdin })
  return { exitCode, stdout: stdout.toString(), stderr }
}

const stops: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})
const temporaryFolder = (): TemporaryFolder => {
  const folder = createTemporaryFolder('convert')
  stops.push(folder.remove)
  return folder
}

const messages = [
  [
    'w/json',
    '{"t":23.5}',
    ['-D', 'publish', 'content-type', 'application/json', '-D', 'publish', 'payload-format-indicator', '1'],
  ],
  [
    'w/text',
    'hello  world',
    ['-D', 'publish', 'user-property', 'k', 'v1', '-D', 'publish', 'user-property', 'k', 'v2'],
  ],
  ['w/住家', '23,5 °C', ['-D', 'publish', 'response-topic', 'w/reply', '-D', 'publish', 'correlation-data', 'req-1']],
  ['w/number', '127.0', []],
] as const

/** What mosquitto_sub prints of the retained messages of a broker. */
const retained = async (port: number, format: string): Promise<string> => {
  const count = String(messages.length)
  const args = ['-h', '127.0.0.1', '-p', String(port), '-V', '5', '-q', '1', '-t', 'w/#', '-C', count, '-F', format]
  return (await runOrThrow('mosquitto_sub', args)).toString()
}

describe('the command convert', () => {
  it('says with a template what mosquitto_sub says with it, and back as messages that mosquitto_pub can send', async () => {
    const broker = await startMosquitto()
    stops.push(broker.stop)
    const port = broker.port()
    for (const [topic, payload, properties] of messages)
      await publishWithMosquitto({ port, topic, payload, qos: 1, retain: true, arguments: properties })
    const format =
      '%A|%4A|%C|%24C|%-24C|%.4C|%8.4C|%D|%E|%3E|%F|%02F|%l|%05l|%-5l|%5l|%P|%p|%6p|%-6p|%06p|%q|%R|%9R|%r|%S|%t|%-12t|%.3t|%x|%X|%%|@@|\\t\\\\'
    const recorded = await retained(port, '%j')
    const converted = await convert(['--to', 'jsonl', '--format', format, '-', '-'], recorded)
    expect(converted).toMatchObject({ exitCode: 0 })
    const said = await retained(port, format)
    expect(converted.stdout.split('\n').toSorted()).toEqual(said.split('\n').toSorted())

    const lines = await convert(['--to', 'jsonl', '--format', '%p', '-', '-'], recorded)
    await runOrThrow('mosquitto_pub', ['-h', '127.0.0.1', '-p', String(port), '-t', 'again', '-l', '-q', '1'], {
      stdin: lines.stdout,
    })
    expect(lines.stdout.split('\n').filter(Boolean)).toHaveLength(messages.length)
  })

  it('counts what it read, wrote and refused, and names the lines', async () => {
    const good =
      '{"tst":"2026-11-28T01:04:53.060203+0100","topic":"a","qos":0,"retain":false,"payloadlen":1,"payload":"1"}'
    const { exitCode, stdout, stderr } = await convert(['--to=jsonl', '-', '-'], `${good}\nrubbish\n${good}\n`)
    expect({ exitCode, lines: stdout.split('\n').length }).toEqual({ exitCode: 1, lines: 3 })
    expect(stderr).toContain('line 2: no JSON\n')
    expect(stderr).toContain('mosquitto-json: read 3, written 2, refused 1\n')
  })

  it('replaces a file only when all of the new one is there', async () => {
    const folder = temporaryFolder()
    const from = join(folder.path, 'in.jsonl')
    const to = join(folder.path, 'out.csv')
    writeFileSync(from, '{"tst":"2026-11-28T00:04:53Z","topic":"a","payload":"=1+1","payloadlen":4,"qos":0}\n')
    writeFileSync(to, 'before')
    expect(await convert(['--to', 'csv', from, to])).toMatchObject({ exitCode: 0, stdout: '' })
    expect(readFileSync(to, 'utf8')).toContain(",a,'=1+1,0,false,")
    expect(await convert(['--to', 'csv', from, join(folder.path, 'none', 'out.csv')])).toMatchObject({ exitCode: 2 })
    expect(existsSync(join(folder.path, 'none'))).toBe(false)
  })

  it('writes Parquet, and payloads as files into a new folder', async () => {
    const folder = temporaryFolder()
    const lines =
      '{"tst":"2026-11-28T00:04:53Z","topic":"../a","payload":"=1+1","payloadlen":4,"qos":0}\n' +
      '{"tst":"2026-11-28T00:04:54Z","topic":"b","payload_base64":"/wA=","payloadlen":2,"qos":1,"mid":3}\n'
    const out = (name: string) => join(folder.path, name)
    expect(await convert(['--to', 'parquet', '-', out('a.parquet')], lines)).toMatchObject({ exitCode: 0 })
    const rows = await parquetReadObjects({ file: Uint8Array.from(readFileSync(out('a.parquet'))).buffer, utf8: false })
    expect(rows).toMatchObject([
      { topic: '../a', payload_text: '=1+1', time: new Date('2026-11-28T00:04:53Z') },
      { topic: 'b', payload_text: null, payload: Uint8Array.of(255, 0), packet_id: 3 },
    ])

    expect(await convert(['--to', 'raw', '-', out('raw')], lines)).toMatchObject({ exitCode: 0 })
    const manifest = readFileSync(out('raw/manifest.jsonl'), 'utf8').trim().split('\n')
    const files = manifest.map((line) => JSON.parse(line) as { file: string; topic: string })
    expect(files.map(({ file, topic }) => [topic, file, readFileSync(out(`raw/${file}`)).toString('latin1')])).toEqual([
      ['../a', '_a/0000001.txt', '=1+1'],
      ['b', 'b/0000002.bin', '\xff\0'],
    ])
    expect(await convert(['--to', 'raw', '-', out('raw')], lines)).toMatchObject({ exitCode: 2 })
    expect(readdirSync(folder.path).toSorted()).toEqual(['a.parquet', 'raw'])
  })

  it.each([
    [['-', '-'], '--to is missing'],
    [['--to', 'xlsx', '-', '-'], 'xlsx is no format to write; there are jsonl, csv, pcapng, parquet, recording, raw'],
    [['--to', 'csv', '--from', 'nope', '-', '-'], 'nope is no format to read'],
    [['--to', 'csv', '-'], 'the file to write is missing'],
    [['--to', 'csv', '-', '-', 'x'], 'more than two files'],
    [['--to', 'raw', '-', '-'], '--to raw takes the name of a folder'],
    [['--to', 'csv', '--format', '%p', '-', '-'], '--format goes with --to jsonl'],
    [['--to', 'jsonl', '--format', 'a %y', '-', '-'], '--format: %y at character 3 is no code'],
    [['--to', 'csv', '/nowhere/at/all', '-'], '/nowhere/at/all cannot be read'],
    [['--to', 'csv', '-', '-'], '- is no recording that is known; --from names its format'],
  ])('says what is wrong with %s', async (args, problem) => {
    const { exitCode, stdout, stderr } = await convert(args, '\u0001\u0002')
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain(problem)
  })
})
