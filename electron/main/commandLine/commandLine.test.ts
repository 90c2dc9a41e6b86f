import { describe, expect, it } from 'vitest'
import { ownArguments, parseCommandLine, withPassword } from './commandLine'

const parse = (...args: string[]) => parseCommandLine(args, () => 'id-1')

const opened = (...args: string[]) => {
  const commandLine = parse(...args)
  if (commandLine.kind !== 'run' || commandLine.connection?.kind !== 'address')
    throw new Error(JSON.stringify(commandLine))
  return commandLine.connection
}
const problem = (...args: string[]) => {
  const commandLine = parse(...args)
  return commandLine.kind === 'problem' ? commandLine.problem : `no problem: ${JSON.stringify(commandLine)}`
}

describe('parseCommandLine', () => {
  it('opens nothing without arguments', () => {
    expect(parse()).toEqual({ kind: 'run', connection: null })
  })

  it('reads address, credentials, filters and options', () => {
    const { profile, password } = opened(
      'mqtt://sam:p%40ss@broker.example:1884',
      '--subscribe',
      'load/#',
      '--subscribe=a/+',
      '--qos',
      '1',
      '--client-id',
      'X',
      '--protocol-version',
      '3.1.1',
    )
    expect(profile).toMatchObject({
      id: 'id-1',
      kind: 'remote',
      name: 'broker.example:1884',
      scheme: 'mqtt',
      host: 'broker.example',
      port: 1884,
      username: 'sam',
      usePassword: true,
      clientId: 'X',
      protocolVersion: '3.1.1',
    })
    expect(profile.subscriptions.map(({ filter, qos }) => [filter, qos])).toEqual([
      ['load/#', 1],
      ['a/+', 1],
    ])
    expect(password).toBe('p@ss')
  })

  it.each([
    ['mqtt://h', 1883, 'h', ''],
    ['mqtts://h', 8883, 'h', ''],
    ['mqtt://h/', 1883, 'h', ''],
    ['ws://h', 80, 'h', '/mqtt'],
    ['ws://h/', 80, 'h', '/'],
    ['wss://h/a/b?c=d', 443, 'h', '/a/b?c=d'],
    ['wss://h:8084/mqtt', 8084, 'h', '/mqtt'],
    ['mqtt://[::1]:1885', 1885, '::1', ''],
    ['ws://[2001:db8::7]:9001/x', 9001, '2001:db8::7', '/x'],
    ['mqtt://經紀.example', 1883, '經紀.example', ''],
  ])('reads %s', (address, ...[port, host, path]) => {
    const { profile, password } = opened(address)
    expect(profile).toMatchObject({ port, host, path, username: '', usePassword: false })
    expect(password).toBeNull()
  })

  it('lets the switches of Chromium, Electron and Node through, and the separator', () => {
    const switches = ['--no-sandbox', '--user-data-dir=/d', '--remote-debugging-port=0', '--inspect=0', '--lang=zh-TW']
    const others = ['--disable-gpu', '--enable-logging', '--password-store=basic', '-psn_0_12345', '--']
    expect(opened(...switches, ...others, 'mqtt://h').profile.host).toBe('h')
  })

  it('names a saved profile', () => {
    expect(parse('--profile', 'Plant 1')).toEqual({ kind: 'run', connection: { kind: 'profile', name: 'Plant 1' } })
  })

  it.each([
    [['--subscibe', 'x', 'mqtt://h'], '--subscibe'],
    [['--noo-sandbox'], '--noo-sandbox'],
    [['--constructor'], '--constructor'],
    [['http://h'], 'http://h'],
    [['localhost:1883'], 'localhost:1883'],
    [['mqtt://h:99999'], 'mqtt://h:99999'],
    [['mqtt://h:0'], 'port'],
    [['mqtt://'], 'mqtt://'],
    [['mqtt://h/topic'], 'path'],
    [['mqtt://u%zz@h'], '%'],
    [['mqtt://h', 'mqtt://i'], 'mqtt://i'],
    [['mqtt://h', '--subscribe'], '--subscribe'],
    [['mqtt://h', '--subscribe', 'a/#/b'], 'a/#/b'],
    [['mqtt://h', '--qos', '3'], '--qos'],
    [['mqtt://h', '--qos', ''], '--qos'],
    [['mqtt://h', '--protocol-version', '4'], '--protocol-version'],
    [['mqtt://h', '--client-id', 'x'.repeat(65_536)], '--client-id'],
    [['--subscribe', 'x'], 'address'],
    [['mqtt://h', '--profile', 'P'], '--profile'],
  ])('names what is wrong with %j', (args, named) => {
    expect(problem(...args)).toContain(named)
    expect(problem(...args)).not.toContain('no problem')
  })

  it('never repeats a password', () => {
    expect(problem('mqtt://sam:hunter2@h:99999')).not.toContain('hunter2')
    expect(problem('mqtt://sam:hunter2@h/topic')).not.toContain('hunter2')
    expect(problem('mqtt://sam:hun%zzter2@h')).not.toContain('ter2')
  })

  it.each([
    ['mqtt://ann:ge/heim@127.0.0.1'],
    ['mqtt://ann:ge?heim@h'],
    ['mqtt://ann:ge#heim@h'],
    ['mqtt://ann:12/geheim@h'],
    ['ws://ann:12/geheim@h'],
    ['ws://ann:12?geheim@h'],
    ['mqtt://ann:geheim@[::1'],
    ['mqtt://ann:geheim@'],
    ['mqtt://ann:geheim'],
    ['mqtt://ann%3Agehe/im%40h'],
    ['mqtt:ann:geheim@h'],
    ['ann:geheim@h'],
    ['http://ann:geheim@h'],
    ['mqtt://h', 'mqtt://ann:a@geheim@h'],
    ['--password=geheim'],
    ['--pasword-file=geheim', 'mqtt://h'],
    ['mqtt://h', '--subscribe', 'mqtt://ann:ge#heim@h'],
    ['mqtt://h', '--qos', 'mqtt://ann:geheim@h'],
    ['mqtt://ann:geheim@h', '--profile', 'P'],
    ['mqtt://ann:geheim@h', '--password-file', 'f'],
    ['mqtt://ann:geheim@h', '--protocol-version', '9'],
  ])('never repeats a password, however malformed: %j', (...args) => {
    expect(problem(...args)).not.toMatch(/no problem|geheim|heim|gehe/)
  })

  it('says what a / in a password must be, and does not take its beginning for a host', () => {
    expect(problem('ws://ann:12/34@h')).toContain('%2F')
    expect(opened('ws://ann:12%2F34@h')).toMatchObject({ profile: { host: 'h' }, password: '12/34' })
  })

  it('shows nothing of an argument that acts on a terminal', () => {
    expect(problem('--\u001b[2Jx')).not.toContain('\u001b')
    expect(problem('mqtt://h', '--qos', '\u202e\u0007')).not.toMatch(/[\u202e\u0007]/)
  })

  it('warns of a password in the address, without it', () => {
    const withOne = parse('mqtt://ann:geheim@h')
    expect(withOne).toMatchObject({ kind: 'run', warning: expect.stringContaining('--password-file') as string })
    expect(JSON.stringify({ ...withOne, connection: null })).not.toContain('geheim')
    expect(parse('mqtt://ann@h')).not.toHaveProperty('warning')
  })

  it('takes the name of a password file for an address or a profile, once', () => {
    expect(parse('mqtt://ann@h', '--password-file', 'f')).toMatchObject({ kind: 'run', passwordFile: 'f' })
    expect(parse('--profile', 'P', '--password-file=f')).toMatchObject({ kind: 'run', passwordFile: 'f' })
    expect(problem('--password-file', 'f')).toContain('needs an address')
    expect(problem('mqtt://h', '--password-file', '')).toContain('--password-file')
    expect(problem('mqtt://h', '--password-file=f', '--password-file=g')).toContain('twice')
  })

  it('takes a log level by a word, and leaves a number to the runtime', () => {
    expect(parse('--log-level', 'debug')).toEqual({ kind: 'run', connection: null, logLevel: 'debug' })
    expect(parse('--log-level=info', 'mqtt://h')).toMatchObject({ kind: 'run', logLevel: 'info' })
    expect(parse('--log-level=0')).toEqual({ kind: 'run', connection: null })
    expect(problem('--log-level', 'loud')).toContain('info or debug')
    expect(problem('--log-level=debug', '--log-level=info')).toContain('twice')
  })

  it('connects nothing else where it is told so', () => {
    expect(parse('--no-connect', 'mqtt://h')).toMatchObject({ connectsAtStart: false, connection: { kind: 'address' } })
    expect(parse('--no-connect')).toEqual({ kind: 'run', connection: null, connectsAtStart: false })
  })

  it('prefers help and version to everything else', () => {
    expect(parse('--nonsense', '--help')).toEqual({ kind: 'help' })
    expect(parse('--version')).toEqual({ kind: 'version' })
  })
})

describe('a password from elsewhere', () => {
  it('is that of the address, unless this has one itself', () => {
    const added = withPassword(parse('mqtt://ann@h'), 'geheim')
    expect(added).toMatchObject({ connection: { password: 'geheim', profile: { username: 'ann', usePassword: true } } })
    expect(withPassword(parse('mqtt://ann:other@h'), 'geheim')).toMatchObject({ connection: { password: 'other' } })
    const without = parse('mqtt://ann@h')
    expect(withPassword(without, null)).toEqual(without)
  })

  it('is that of the profile', () => {
    expect(withPassword(parse('--profile', 'P'), 'geheim')).toEqual({
      kind: 'run',
      connection: { kind: 'profile', name: 'P', password: 'geheim' },
    })
  })

  it('opens nothing by itself', () => {
    expect(withPassword(parse(), 'geheim')).toEqual(parse())
    expect(withPassword(parse('--help'), 'geheim')).toEqual({ kind: 'help' })
  })
})

describe('ownArguments', () => {
  it('are those behind the name of a packaged application', () => {
    expect(ownArguments(['/opt/topicscope', '--lang=de', 'mqtt://h'], true)).toEqual(['--lang=de', 'mqtt://h'])
  })
  it('are those behind the folder of the application in development', () => {
    const argv = ['electron', '--no-sandbox', '-r', '/a/loader.js', '/app', 'mqtt://h', '--qos', '1']
    expect(ownArguments(argv, false)).toEqual(['mqtt://h', '--qos', '1'])
  })
})
