import { shellWords, type ShellWord } from '#shared/address/shellWords'
import { usesWebSocket, type Scheme } from '#shared/model/profile'
import type { ForeignConnection, ForeignMessage, ForeignWillProperties } from '../foreignConnection'
import { userPropertyOf } from '../packetProperties'
import { namedScheme, namedVersion, schemeOf } from '../settingsReading'
import { optionsOf, saidByCommand, type CommandOptions, type SaidByCommand } from './commandOptions'

/** What both clients have, under the same names. */
const common = {
  one: {
    '-h': 'host',
    '-p|--port': 'port',
    '-i': 'clientId',
    '-u': 'username',
    '-k': 'keepalive',
    '-V': 'version',
    '--ca|--cafile': 'caFile',
    '--cert': 'certificateFile',
    '--key': 'keyFile',
    '-se': 'sessionExpiry',
    '-Wt': 'willTopic',
    '-Wm': 'willPayload',
    '-Wq': 'willQos',
    '-m|--message': 'message',
    '-e': 'messageExpiry',
    '-ct': 'contentType',
    '-rt': 'responseTopic',
    '-cd': 'correlationData',
    '-Wd': 'willDelay',
    '-We': 'willExpiry',
    '-Wct': 'willContentType',
    '-Wrt': 'willResponseTopic',
    '-Wcd': 'willCorrelationData',
  },
  nothing: { '-r|--retain': 'retain', '-Wr': 'willRetain' },
} as const

const mqttxOptions = optionsOf({
  one: {
    ...common.one,
    '--hostname': 'host',
    '--client-id': 'clientId',
    '--username': 'username',
    '-P|--password': 'password',
    '--keepalive': 'keepalive',
    '--mqtt-version': 'version',
    '-l|--protocol': 'protocol',
    '--path': 'path',
    '--session-expiry-interval': 'sessionExpiry',
    '-rp|--reconnect-period': 'reconnectMilliseconds',
    '--will-topic': 'willTopic',
    '--will-message': 'willPayload',
    '--will-qos': 'willQos',
    '--message-expiry-interval': 'messageExpiry',
    '--content-type': 'contentType',
    '--response-topic': 'responseTopic',
    '--correlation-data': 'correlationData',
    '-rh|--retain-handling': 'retainHandling',
    '--rcv-max|--receive-maximum': 'receiveMaximum',
    '--maximum-packet-size': 'maximumPacketSize',
    '--topic-alias-maximum': 'topicAliasMaximum',
    '--maximum-reconnect-times': 'reconnectAttempts',
    '--will-delay-interval': 'willDelay',
    '--will-message-expiry-interval': 'willExpiry',
    '--will-content-type': 'willContentType',
    '--will-response-topic': 'willResponseTopic',
    '--will-correlation-data': 'willCorrelationData',
    '-ta|--topic-alias|-f|--format|--output-mode|--file-write|--file-save|--file-read': '',
    '-Pp|--protobuf-path|-Pmn|--protobuf-message-name|-Ap|--avsc-path|-sc|--scenario|--file': '',
    '-c|--count|-im|--message-interval|--interval|-L|--limit|-D|--delimiter|--split|-S|-lo|--load-options': '',
  },
  many: {
    '-t|--topic': 'topic',
    '-q|--qos': 'qos',
    '-up|--user-properties': 'userProperties',
    '--alpn': 'alpn',
    '-Cup|--conn-user-properties': 'connectUserProperties',
    '-Wup|--will-user-properties': 'willUserProperties',
    '-wh|--ws-headers|-si|--subscription-identifier': '',
  },
  maybe: { '-so|--save-options': '' },
  nothing: {
    ...common.nothing,
    '--no-clean': 'persistent',
    '--insecure': 'insecure',
    '--will-retain': 'willRetain',
    '-nl|--no_local|--no-local': 'noLocal',
    '-rap|--retain-as-published': 'retainAsPublished',
    '-v|--verbose|-s|--stdin|-M|--multiline|-lm|--line-mode|-d|--dup|-pf|--payload-format-indicator': '',
    '--req-response-info': 'responseInformation',
    '--no-req-problem-info': 'noProblemInformation',
    '-Wpf|--will-payload-format-indicator': 'willIsUtf8',
    '--debug': '',
  },
})

/** In its benchmarks `-i` is an interval, and `-I` the client ID. */
const mqttxBenchOptions: CommandOptions = new Map([
  ...mqttxOptions,
  ['-i', { says: '', takes: 'one' }],
  ['-I', { says: 'clientId', takes: 'one' }],
])

const mqttCliOptions = optionsOf({
  one: {
    ...common.one,
    '--host': 'host',
    '--identifier': 'clientId',
    '--user': 'username',
    '-pw:env|--password:env|-pw:file|--password:file': 'passwordElsewhere',
    '--keepAlive': 'keepalive',
    '--mqttVersion': 'version',
    '-ws:path': 'path',
    '--keypw': 'keyPassphrase',
    '--sessionExpiryInterval': 'sessionExpiry',
    '--willTopic': 'willTopic',
    '--willPayload|--willMessage': 'willPayload',
    '--willQualityOfService|--willQos': 'willQos',
    '--messageExpiryInterval': 'messageExpiry',
    '--contentType': 'contentType',
    '--responseTopic': 'responseTopic',
    '--correlationData': 'correlationData',
    '-t|--topic': 'topic',
    '-q|--qos': 'qos',
    '-up|--userProperty': 'userProperties',
    '-m:file|--message:file|-ip|--identifierPrefix|--capath|--ciphers|--tls-version|-of|--outputToFile': '',
    '-ks|--keystore|-ts|--truststore|-kspw|--keystore-password|-tspw|--truststore-password': '',
    '-kspkpw|--keystore-private-key-password|-pf|--payloadFormatIndicator': '',
    '--sendMax|--sendMaxPacketSize|--sendTopicAliasMax': '',
    '-Cup|--connectUserProperty': 'connectUserProperties',
    '-Wup|--willUserProperty': 'willUserProperties',
    '-Wpf|--willPayloadFormatIndicator': 'willIndicator',
    '--willDelayInterval': 'willDelay',
    '--willMessageExpiryInterval': 'willExpiry',
    '--willContentType': 'willContentType',
    '--willResponseTopic': 'willResponseTopic',
    '--willCorrelationData': 'willCorrelationData',
    '--rcvMax|--receiveMax': 'receiveMaximum',
    '--maxPacketSize': 'maximumPacketSize',
    '--topicAliasMax': 'topicAliasMaximum',
  },
  maybe: { '-pw|--password': 'password' },
  nothing: {
    ...common.nothing,
    '-s|--secure': 'secure',
    '-ws': 'webSocket',
    '--no-cleanStart': 'persistent',
    '--willRetain': 'willRetain',
    '-m:empty|--message:empty': 'empty',
    '-c|--cleanStart|-T|--showTopics|-J|--jsonOutput|-b64|--base64|-oc|--outputToConsole|-d|--debug|-v|--verbose': '',
    '-l|--reqResponseInfo|--no-reqProblemInfo': '',
  },
})

interface Client {
  readonly tool: string
  readonly program: RegExp
  readonly commands: RegExp
  readonly options: (command: string) => CommandOptions
  readonly scheme: (said: SaidByCommand) => Scheme
  /** Where they are not those of the scheme. */
  readonly ports: Partial<Readonly<Record<Scheme, number>>>
}

const clients: readonly Client[] = [
  {
    tool: 'MQTTX CLI',
    program: /(?:^|[/\\])mqttx(?:-cli)?(?:[-\w]*)?(?:\.exe)?$/,
    commands: /^(?:conn|pub|sub|bench|simulate)$/,
    options: (command) => (command === 'bench' || command === 'simulate' ? mqttxBenchOptions : mqttxOptions),
    scheme: (said) => namedScheme(said.text('protocol')) ?? 'mqtt',
    ports: { ws: 8083, wss: 8084 },
  },
  {
    tool: 'mqtt-cli',
    program: /(?:^|[/\\])mqtt(?:-cli[-\w.]*)?(?:\.exe|\.jar)?$/,
    commands: /^(?:con|connect|pub|publish|sub|subscribe|test|shell)$/,
    options: () => mqttCliOptions,
    scheme: (said) =>
      schemeOf(
        said.has('webSocket') || said.has('path'),
        said.has('secure') || said.has('caFile') || said.has('keyFile'),
      ),
    ports: {},
  },
]

/** A command of MQTTX CLI or of mqtt-cli, and whose it is; null = of neither. */
export const readClientCommand = (
  line: string,
): { readonly tool: string; readonly connection: ForeignConnection } | null => {
  const { words } = shellWords(line)
  for (const client of clients) {
    const at = words.findIndex(
      ({ text }, index) => client.program.test(text) && client.commands.test(words[index + 1]?.text ?? ''),
    )
    if (at >= 0) return { tool: client.tool, connection: connectionOf(client, words.slice(at + 1)) }
  }
  return null
}

const connectionOf = (client: Client, [command, ...words]: readonly ShellWord[]): ForeignConnection => {
  const name = command?.text ?? ''
  const isBench = name === 'bench' || name === 'simulate'
  const verb = isBench ? (words[0]?.text ?? '') : name
  const said = saidByCommand(isBench ? words.slice(1) : words, client.options(name))
  const scheme = client.scheme(said)
  const host = said.text('host') || 'localhost'
  const isWebSocket = usesWebSocket(scheme)
  const path = said.text('path')
  const isElsewhere = said.has('passwordElsewhere') || (said.has('password') && said.text('password') === '')
  const reconnect = said.number('reconnectMilliseconds')
  return {
    // The same command twice is one connection; others to the same broker are others.
    key: JSON.stringify([client.tool, name, ...['host', 'port', 'clientId', 'username', 'topic'].map(said.all)]),
    name: host,
    folder: [],
    scheme,
    host,
    port: said.number('port') ?? client.ports[scheme],
    path: isWebSocket ? path || '/mqtt' : undefined,
    protocolVersion: versionOf(said.text('version'), client.tool),
    clientId: said.text('clientId'),
    username: said.text('username'),
    password: said.text('password'),
    asksForPassword: isElsewhere,
    keyPassphrase: said.text('keyPassphrase'),
    keepaliveSeconds: said.number('keepalive'),
    cleanStart: !said.has('persistent'),
    sessionExpirySeconds: said.number('sessionExpiry'),
    reconnectSeconds: reconnect === undefined ? undefined : reconnect / 1000,
    reconnectAttempts: said.number('reconnectAttempts'),
    connectProperties: connectPropertiesOf(said, verb),
    tls: {
      caFile: said.text('caFile'),
      certificateFile: said.text('certificateFile'),
      keyFile: said.text('keyFile'),
      alpn: said.all('alpn').join(','),
      verify: !said.has('insecure'),
    },
    will: said.has('willTopic')
      ? {
          topic: said.text('willTopic'),
          payload: said.text('willPayload'),
          qos: said.number('willQos'),
          retain: said.has('willRetain'),
          properties: willPropertiesOf(said),
        }
      : null,
    subscriptions: verb.startsWith('sub') ? subscriptionsOf(said) : [],
    messages: verb.startsWith('pub') && said.has('topic') ? [messageOf(said)] : [],
    dropped: [...said.dropped, ...(said.has('passwordElsewhere') ? [{ field: '-pw', why: 'typeAgain' as const }] : [])],
    guessed: said.has('version') ? [] : ['protocolVersion'],
    kept: said.kept,
  }
}

const connectPropertiesOf = (
  said: SaidByCommand,
  verb: string,
): NonNullable<ForeignConnection['connectProperties']> => {
  // Of `conn` alone `-up` are those of CONNECT.
  const pairs = [...(verb.startsWith('conn') ? said.all('userProperties') : []), ...said.all('connectUserProperties')]
  return {
    receiveMaximum: said.number('receiveMaximum'),
    maximumPacketSize: said.number('maximumPacketSize'),
    topicAliasMaximum: said.number('topicAliasMaximum'),
    ...(said.has('responseInformation') && { requestResponseInformation: true }),
    ...(said.has('noProblemInformation') && { requestProblemInformation: false }),
    ...(pairs.length > 0 && { userProperties: pairs.map(userPropertyOf) }),
  }
}

const willPropertiesOf = (said: SaidByCommand): ForeignWillProperties => {
  const pairs = said.all('willUserProperties')
  const indicator = said.text('willIndicator')
  return {
    delaySeconds: said.number('willDelay'),
    expirySeconds: said.number('willExpiry'),
    ...((said.has('willIsUtf8') || /utf_?8|^1$/i.test(indicator)) && { payloadIndicator: '1' }),
    contentType: said.text('willContentType'),
    responseTopic: said.text('willResponseTopic'),
    correlationData: said.text('willCorrelationData'),
    ...(pairs.length > 0 && { userProperties: pairs.map(userPropertyOf) }),
  }
}

/** mqtt-cli's 3 is MQTT 3.1.1. */
const versionOf = (text: string, tool: string) =>
  text === '' ? '5' : tool === 'mqtt-cli' && text === '3' ? '3.1.1' : namedVersion(text)

/** Each topic has the QoS in its place; a single one is for all. */
const subscriptionsOf = (said: SaidByCommand): ForeignConnection['subscriptions'] => {
  const levels = said.all('qos').map(Number)
  const retainHandling = said.number('retainHandling')
  return said.all('topic').map((filter, index) => ({
    filter,
    qos: levels.length > 1 ? levels[index] : levels[0],
    options: {
      ...(said.has('noLocal') && { noLocal: true }),
      ...(said.has('retainAsPublished') && { retainAsPublished: true }),
      ...((retainHandling === 1 || retainHandling === 2) && { retainHandling }),
    },
  }))
}

const messageOf = (said: SaidByCommand): ForeignMessage => ({
  name: said.text('topic'),
  folder: [],
  message: {
    topic: said.text('topic'),
    payload: said.text('message'),
    qos: said.number('qos'),
    retain: said.has('retain'),
    contentType: said.text('contentType'),
    responseTopic: said.text('responseTopic'),
    correlationData: said.text('correlationData'),
    messageExpiry: said.text('messageExpiry'),
    userProperties: said.all('userProperties').map(userPropertyOf),
  },
})
