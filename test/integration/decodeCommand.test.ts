import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { inRepo } from '../../build/lib/paths.mjs'

const decode = (args: readonly string[], bytes: Uint8Array = new Uint8Array()) => {
  const program = inRepo('build', 'commandLine.mjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'decode', ...args], {
    input: bytes,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe('the command decode', () => {
  it('prints a line of JSON for each value', () => {
    const { status, stdout, stderr } = decode(['--as', 'cbor', '-'], Buffer.from('1b0020000000000001f7', 'hex'))
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: '9007199254740993\n{"$undefined":true}\n',
      stderr: '',
    })
  })

  it('reads a file by its schema', () => {
    const schema = inRepo('test', 'fixtures', 'payloads', 'reading.proto')
    const { status, stdout } = decode(['--schema', schema, '--as=protobuf', '-'], Buffer.from('0a0161', 'hex'))
    expect({ status, stdout }).toEqual({ status: 0, stdout: '{"device_id":"a"}\n' })
  })

  it('names the byte where it cannot be read, and prints nothing', () => {
    const { status, stdout, stderr } = decode(['--as', 'json-lines', '-'], Buffer.from('{"a":1}\n{"a":}'))
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toBe('topicscope decode: json-lines: byte 13: a value of JSON should stand here\n')
  })

  it.each([
    [['-'], '--as is missing'],
    [['--as', 'nope', '-'], 'nope is no format'],
    [['--as', 'json'], 'the file is missing'],
    [['--as', 'json', '--wrong', '-'], '--wrong is no option'],
    [['--as', 'json', '/nowhere/at/all'], '/nowhere/at/all cannot be read'],
    [['--as', 'text', '--charset', 'nope', '-'], 'nope is no charset'],
    [['--as', 'avro', '-'], 'avro wants --schema'],
    [['--as', 'struct:u16', '-'], 'struct:u16: "u16" has no name'],
  ])('says what is wrong with %s', (args, problem) => {
    const { status, stdout, stderr } = decode(args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(problem)
  })
})
