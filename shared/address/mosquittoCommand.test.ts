import fc from 'fast-check'
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { addressWithoutSecrets } from '#shared/text/withoutSecrets'
import type { ConnectionReading, LeftoverReason, ReadSettings } from './connectionReading'
import { mosquittoOptions } from './mosquittoOptions'
import { readConnection } from './readConnection'

const read = (text: string): ConnectionReading => {
  const reading = readConnection(text)
  if (!reading) throw new Error(`not understood: ${text}`)
  return reading
}
const asTheClient: ReadSettings = { scheme: 'mqtt', host: 'localhost', port: 1883, protocolVersion: '3.1.1' }

describe('a mosquitto command', () => {
  it.each<readonly [string, ReadSettings]>([
    ['mosquitto_sub -t a', {}],
    ['$ sudo /usr/bin/mosquitto_sub -h broker -p 1884 -t a', { host: 'broker', port: 1884 }],
    [
      'mosquitto_sub --host broker -u ann -i me -k 10',
      { host: 'broker', username: 'ann', clientId: 'me', keepaliveSeconds: 10 },
    ],
    ['mosquitto_sub -h ::1 -V mqttv5', { host: '::1', protocolVersion: '5' }],
    ['mosquitto_sub -V 31', { protocolVersion: '3.1' }],
    ['mosquitto_sub -p 8883', { scheme: 'mqtts', port: 8883 }],
    ['mosquitto_sub --cafile "my ca.pem"', { scheme: 'mqtts', port: 8883, 'tls.caFile': 'my ca.pem' }],
    [
      'mosquitto_sub --tls-use-os-certs -p 443 --tls-alpn mqtt --insecure',
      { scheme: 'mqtts', port: 443, 'tls.alpn': 'mqtt', 'tls.verify': false },
    ],
    [
      'mosquitto_sub --cafile ca --cert c --key k',
      { scheme: 'mqtts', port: 8883, 'tls.caFile': 'ca', 'tls.certificateFile': 'c', 'tls.keyFile': 'k' },
    ],
    [
      'mosquitto_sub --proxy socks5h://ann:secret@[::1]:1081 -h broker',
      {
        host: 'broker',
        'network.proxy.kind': 'socks5Name',
        'network.proxy.host': '::1',
        'network.proxy.port': 1081,
        'network.proxy.username': 'ann',
      },
    ],
    ['mosquitto_sub --proxy http://proxy:3128', {}],
    ['mosquitto_sub --ws -h broker', { scheme: 'ws', host: 'broker', port: 80 }],
    ['mosquitto_sub -c -i me', { cleanStart: false, clientId: 'me' }],
    ['mosquitto_sub -c -V 5', { cleanStart: false, protocolVersion: '5', sessionExpirySeconds: 4_294_967_295 }],
    ['mosquitto_sub -c -V 5 -x 60', { cleanStart: false, protocolVersion: '5', sessionExpirySeconds: 60 }],
    ['mosquitto_sub -V 5 -x ∞', { protocolVersion: '5', sessionExpirySeconds: 4_294_967_295 }],
    ['mosquitto_sub -V 5 -D connect session-expiry-interval 7', { protocolVersion: '5', sessionExpirySeconds: 7 }],
    [
      'mosquitto_sub -D connect receive-maximum 9 -D connect request-problem-information 0 -D CONNECT user-property a b',
      {
        protocolVersion: '5',
        'connectProperties.receiveMaximum': 9,
        'connectProperties.requestProblemInformation': false,
        'connectProperties.userProperties': [['a', 'b']],
      },
    ],
    [
      'mosquitto_sub --will-topic w -D will will-delay-interval 5 -D will payload-format-indicator 1 -D will correlation-data 0x1 -D will user-property k v -D will user-property k w',
      {
        protocolVersion: '5',
        'will.enabled': true,
        'will.topic': 'w',
        'will.payload': '',
        'will.qos': 0,
        'will.retain': false,
        'will.delaySeconds': 5,
        'will.payloadIndicator': '1',
        'will.correlationData': '0x307831',
        'will.userProperties': [
          ['k', 'v'],
          ['k', 'w'],
        ],
      },
    ],
    [
      'mosquitto_pub --will-topic w --will-payload gone --will-qos 1 --will-retain -t a -m b',
      { 'will.enabled': true, 'will.topic': 'w', 'will.payload': 'gone', 'will.qos': 1, 'will.retain': true },
    ],
    ['mosquitto_sub -L mqtts://ann@broker/plant/#', { scheme: 'mqtts', host: 'broker', port: 8883, username: 'ann' }],
    ['mosquitto_sub -L wss://broker:8084/a', { scheme: 'wss', host: 'broker', port: 8084 }],
    ['mosquitto_sub -h broker \\\n  -p 1884 \\\n  -t "a b/#"', { host: 'broker', port: 1884 }],
  ])('%s', (text, settings) => {
    expect(read(text).settings).toEqual({ ...asTheClient, ...settings })
  })

  it('has a password for its proxy, which is shown nowhere, and names a proxy that is of no use', () => {
    expect(read('mosquitto_sub --proxy socks5h://ann:p%40ss@h -t a').proxyPassword).toBe('p@ss')
    const { left, source } = read('mosquitto_sub --proxy http://ann:secret@h')
    expect(left).toMatchObject([{ why: 'invalid' }])
    expect(JSON.stringify([left, source])).not.toContain('secret')
  })

  it('subscribes to its topics with its QoS, in the order of the command', () => {
    expect(read('mosquitto_sub -t a/# -t "b c" -q 1 -L mqtt://h/plant/+').filters).toEqual([
      { filter: 'plant/+', qos: 1 },
      { filter: 'a/#', qos: 1 },
      { filter: 'b c', qos: 1 },
    ])
    expect(read('mosquitto_rr -t ask -e answer -m x -q 2').filters).toEqual([{ filter: 'answer', qos: 2 }])
    expect(read('mosquitto_pub -t a -m b -q 1').filters).toEqual([])
  })

  it('takes an id of its own where the command has only its beginning', () => {
    expect(read('mosquitto_sub -I line1_').settings.clientId).toMatch(/^line1_[\da-z]{8}$/)
  })

  it.each<readonly [string, string, LeftoverReason]>([
    ['mosquitto_sub -t a -v', '-v', 'output'],
    ['mosquitto_sub -t a -C 5', '-C 5', 'output'],
    ['mosquitto_sub --capath /etc/ssl', '--capath /etc/ssl', 'noSetting'],
    ['mosquitto_sub --tls-version tlsv1.2', '--tls-version tlsv1.2', 'tlsVersion'],
    ['mosquitto_sub -t a --colour', '--colour', 'unknown'],
    ['mosquitto_sub -t a b', 'b', 'unknown'],
    ['mosquitto_sub -p 99999', '-p 99999', 'invalid'],
    ['mosquitto_sub -q 3', '-q 3', 'invalid'],
    ['mosquitto_sub -V 4', '-V 4', 'invalid'],
    ['mosquitto_sub -L nonsense', '-L nonsense', 'invalid'],
    ['mosquitto_sub -t a/#/b', '-t a/#/b', 'invalid'],
    ['mosquitto_sub -x 60', '-x 60', 'needsVersion5'],
    ['mosquitto_sub -t', '-t', 'noValue'],
    ['mosquitto_sub -u $USER', '-u $USER', 'variable'],
    ['mosquitto_sub --cafile ~/ca.pem', '--cafile ~/ca.pem', 'variable'],
    ['mosquitto_sub --will-qos 1', '--will-qos 1', 'needsWillTopic'],
    ['mosquitto_sub -h a -h b', '-h a', 'repeated'],
    ['mosquitto_sub -t a | tee b', '| tee b', 'behind'],
    ['docker exec -it m mosquitto_sub -t a', 'docker', 'behind'],
    ['mosquitto_sub -D connect authentication-method x -t a', '-D connect authentication-method x', 'noSetting'],
    ['mosquitto_sub -D connect authentication-data s3cret -t a', '-D connect authentication-data …', 'noSetting'],
    ['mosquitto_sub -D connect receive-maximum 0 -t a', '-D connect receive-maximum 0', 'invalid'],
    ['mosquitto_sub -D will content-type x -t a', '-D will content-type x', 'needsWillTopic'],
    ['mosquitto_sub -V 311 -D connect receive-maximum 9 -t a', '-D connect receive-maximum 9', 'needsVersion5'],
    [
      'mosquitto_sub -D subscribe subscription-identifier 7 -t a',
      '-D subscribe subscription-identifier 7',
      'noSetting',
    ],
    ['mosquitto_sub -D connect toString 7 -t a', '-D connect toString 7', 'noSetting'],
  ])('%s: says of %s that it is left out', (text, left, why) => {
    expect(read(text).left).toContainEqual({ text: left, why })
  })
})

describe('nothing of a command is lost', () => {
  const program = fc.constantFrom('mosquitto_sub', 'mosquitto_pub', 'mosquitto_rr')
  const word = fc.oneof(
    fc.nat(70_000).map(String),
    fc.nat(99_999).map((number) => `v${number}`),
  )
  const known = fc
    .constantFrom(...mosquittoOptions.entries())
    .chain(([name, { takes }]) =>
      fc.array(word, { minLength: takes, maxLength: takes }).map((words) => [name, ...words]),
    )

  it('each option is either of the settings or named as left out, whatever stands together', () => {
    fc.assert(
      fc.property(program, fc.array(known, { maxLength: 8 }), (name, options) => {
        const { settings, filters, message, password, left } = read([name, ...options.flat()].join(' '))
        const valued = JSON.stringify([settings, filters, message, password])
        for (const [option = '', value] of options) {
          // Without a topic it says what holds anyway.
          if ((option === '-q' || option === '--qos') && value === '0') continue
          const isTold = left.some(({ text }) => text.startsWith(option) || text === value)
          const isFlag = value === undefined
          expect(isTold || (isFlag ? hasEffect(option) : valued.includes(settled(value)))).toBe(true)
        }
      }),
    )
  })

  /** Flags that are settings; the last four of them change what other options mean. */
  const hasEffect = (option: string) =>
    [
      '-c',
      '--disable-clean-session',
      '--insecure',
      '--ws',
      '--websockets',
      '--tls-use-os-certs',
      '--will-retain',
      '-r',
      '--retain',
      '-n',
      '--null-message',
    ].includes(option)
  /** Versions are told in other words, and numbers without zeros in front. */
  const settled = (value: string) =>
    value === '311' ? '3.1.1' : value === '31' ? '3.1' : /^\d+$/.test(value) ? String(Number(value)) : value

  it('knows every option that the clients on this computer name in their help', () => {
    const names = ['mosquitto_sub', 'mosquitto_pub', 'mosquitto_rr'].flatMap((client) => {
      const { stdout } = spawnSync(client, ['--help'], { encoding: 'utf8' })
      return [...stdout.matchAll(/(?<![\w-])--?[A-Za-z][\w-]*/g)].map(([name]) => name)
    })
    expect(names.length).toBeGreaterThan(50)
    expect([...new Set(names)].filter((name) => !mosquittoOptions.has(name))).toEqual([])
  })
})

describe('a password', () => {
  const secret = fc.stringMatching(/^[QXYZ]{4}#?\d{4}$/)

  it('of a command stands nowhere but in the password', () => {
    const written = fc.constantFrom<(password: string) => string>(
      (password) => `mosquitto_sub -u ann -P '${password}' -t a`,
      (password) => `mosquitto_sub --pw "${password}" --pw other`,
      (password) => `mosquitto_sub -L mqtt://ann:${encodeURIComponent(password)}@host/a`,
      (password) => `mosquitto_sub --password '${password}' -t a`,
      (password) => `mosquitto_sub '--password=${password}'`,
      (password) => `mosquitto_sub --psk ${password} --proxy socks5h://a:${password}@h`,
      (password) => `PW='${password}' mosquitto_sub -t a`,
      (password) => `mqtt://ann:${encodeURIComponent(password)}@host`,
      (password) => `wss://ann:${encodeURIComponent(password)}@host/mqtt?token=a`,
    )
    fc.assert(
      fc.property(secret, written, (password, write) => {
        const { password: _password, proxyPassword: _proxyPassword, ...others } = read(write(password))
        expect(JSON.stringify(others)).not.toContain(password.slice(0, 4))
      }),
    )
  })

  it('is read', () => {
    expect(read("mosquitto_sub -u ann -P 'a b'").password).toBe('a b')
    expect(read('mosquitto_sub -L mqtt://ann:p%40ss@h/a').password).toBe('p@ss')
    expect(read('mqtt://ann:p%40ss@h').password).toBe('p@ss')
  })
})

describe('an address', () => {
  it.each<readonly [string, ReadSettings]>([
    ['mqtt://ann@host:1884', { scheme: 'mqtt', host: 'host', port: 1884, username: 'ann' }],
    ['tcp://host', { scheme: 'mqtt', host: 'host', port: 1883 }],
    ['ssl://host', { scheme: 'mqtts', host: 'host', port: 8883 }],
    ['wss://host/mqtt?query', { scheme: 'wss', host: 'host', port: 443, path: '/mqtt?query' }],
    ['ws://[::1]:9001/x', { scheme: 'ws', host: '::1', port: 9001, path: '/x' }],
    ['host:1884', { host: 'host', port: 1884 }],
    ['[fe80::1]', { host: 'fe80::1' }],
    ['host', { host: 'host' }],
  ])('%s', (text, settings) => expect(read(text)).toMatchObject({ settings, filters: [], left: [] }))

  it('names a path that leads nowhere', () => {
    expect(read('mqtt://host/plant').left).toEqual([{ text: '/plant', why: 'path' }])
    expect(read('mqtt://host/plant').settings).not.toHaveProperty('path')
  })

  it('is shown without what is secret', () => {
    const text = ' wss://ann:geheim@host/mqtt?token=geheim '
    expect(read(text).source).toBe(addressWithoutSecrets(text.trim()))
  })

  it.each(['', ' ', 'what is this', 'foo://host', 'curl -v host'])('%j is none, nor a command', (text) => {
    expect(readConnection(text)).toBeNull()
  })
})
