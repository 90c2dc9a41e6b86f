import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { readDocument } from '../readDocument'
import { readForeign } from '../readForeign'

const read = (text: string) => readForeign(readDocument(encodeUtf8(text)), '/c', '/s')
const one = (text: string) => {
  const [connection] = read(text).connections
  if (!connection?.profile) throw new Error(`not understood: ${text}`)
  return { ...connection, profile: connection.profile }
}

describe('a command of MQTTX CLI', () => {
  it.each([
    [
      'mqttx sub -t a -h b -p 8883 -l mqtts --ca /ca',
      { scheme: 'mqtts', host: 'b', port: 8883, tls: { caFile: '/ca' } },
    ],
    ['mqttx conn -l wss', { scheme: 'wss', host: 'localhost', port: 8084, path: '/mqtt' }],
    ['mqttx conn -l ws --path x -V 3.1.1 -p8000', { port: 8000, path: '/x', protocolVersion: '3.1.1' }],
    ['mqttx conn --hostname=b --no-clean -se 60', { host: 'b', cleanStart: false, sessionExpirySeconds: 60 }],
    [
      'docker run --rm emqx mqttx conn -h b -k 5 -i me -u ann',
      { keepaliveSeconds: 5, clientId: 'me', username: 'ann' },
    ],
    [
      'mqttx conn -Wt w -Wm gone -Wq 1 -Wr',
      { will: { enabled: true, topic: 'w', payload: 'gone', qos: 1, retain: true } },
    ],
    ['mqttx conn --insecure -l mqtts -rp 4000', { tls: { verify: false }, reconnect: { initialSeconds: 4 } }],
    ['mqttx bench sub -c 9 -i 10 -I me -t a', { clientId: 'me', subscriptions: [{ filter: 'a' }] }],
    [
      'mqttx sub -t a b/# -q 1 2 -nl -rh 2',
      {
        subscriptions: [
          { filter: 'a', qos: 1 },
          { filter: 'b/#', qos: 2, options: { noLocal: true, retainHandling: 2 } },
        ],
      },
    ],
  ])('%s', (text, profile) => {
    expect(read(text).tool).toBe('MQTTX CLI')
    expect(one(text).profile).toMatchObject(profile)
  })
})

describe('a command of mqtt-cli', () => {
  it.each([
    ['mqtt sub -h b -s -t a -q 1', { scheme: 'mqtts', port: 8883, subscriptions: [{ filter: 'a', qos: 1 }] }],
    [
      'mqtt sub -t a -q 0 -t b -q 2',
      {
        subscriptions: [
          { filter: 'a', qos: 0 },
          { filter: 'b', qos: 2 },
        ],
      },
    ],
    [
      'mqtt sub -t a -t b -q 2',
      {
        subscriptions: [
          { filter: 'a', qos: 2 },
          { filter: 'b', qos: 2 },
        ],
      },
    ],
    ['mqtt con -ws -ws:path mqtt -s -p 8084', { scheme: 'wss', port: 8084, path: '/mqtt' }],
    ['java -jar mqtt-cli-4.jar con -V 3 --no-cleanStart', { protocolVersion: '3.1.1', cleanStart: false }],
    ['mqtt con -u ann -pw -h b', { usePassword: true, host: 'b' }],
    ['mqtt con -pw:env SECRET', { usePassword: true }],
  ])('%s', (text, profile) => {
    expect(read(text).tool).toBe('mqtt-cli')
    expect(one(text).profile).toMatchObject(profile)
  })

  it('keeps a message to be sent', () => {
    const text = `mqtt pub -t a -m '{"on":1}' -q 1 -r -ct application/json -e 60 -rt r -cd c -up k=v -up x=y`
    expect(one(text).messages).toMatchObject([
      {
        name: 'a',
        message: {
          payload: '{"on":1}',
          qos: 1,
          retain: true,
          contentType: 'application/json',
          messageExpiry: '60',
          responseTopic: 'r',
          correlationData: 'c',
          userProperties: [
            ['k', 'v'],
            ['x', 'y'],
          ],
        },
      },
    ])
  })
})

describe('lines of commands', () => {
  it('may be of several clients, go on in the next line, and have addresses among them', () => {
    const { tool, connections } = read(`# notes
mqtt://a.example
mqttx sub -h b \\
  -t 'x/#'
mosquitto_pub -h c -t t -m m
mqtt con -h d`)
    expect(tool).toBe('commands')
    expect(connections.map(({ profile }) => profile?.host)).toEqual(['a.example', 'b', 'c', 'd'])
    expect(connections[1]?.profile?.subscriptions).toMatchObject([{ filter: 'x/#' }])
  })

  it.each([
    'mqttx -P s3cret-word',
    'mqttx conn -P s3cret-word --unknown s3cret-word -wh "Authorization: s3cret-word"',
    'mqtt con -pw s3cret-word --password=s3cret-word',
  ])('have a password nowhere but among the secrets: %s', (text) => {
    const document = readDocument(encodeUtf8(text))
    try {
      const shown = readForeign(document, '/c', '/s').connections.map(({ secrets: _secrets, ...rest }) => rest)
      expect(JSON.stringify(shown)).not.toContain('s3cret-word')
    } catch (error) {
      expect(String(error)).toContain('no file of a tool')
    }
  })

  it('are none where they only speak of a client', () => {
    expect(() => read('mqttx is a tool')).toThrow('no file of a tool')
    expect(() => read('mqtt broker at home')).toThrow('no file of a tool')
  })
})
