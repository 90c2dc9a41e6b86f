import type { LeftoverReason } from './connectionReading'

/** What an option of the mosquitto clients says, where it is something of a connection or of a message. */
export type MosquittoValue =
  | 'host'
  | 'port'
  | 'url'
  | 'username'
  | 'password'
  | 'clientId'
  | 'idPrefix'
  | 'keepalive'
  | 'version'
  | 'persistent'
  | 'expiry'
  | 'property'
  | 'topic'
  | 'responseTopic'
  | 'qos'
  | 'payload'
  | 'noPayload'
  | 'retain'
  | 'willTopic'
  | 'willPayload'
  | 'willQos'
  | 'willRetain'
  | 'caFile'
  | 'caPath'
  | 'systemTrust'
  | 'certificateFile'
  | 'keyFile'
  | 'alpn'
  | 'insecure'
  | 'webSocket'
  | 'proxy'

export interface MosquittoOption {
  /** How many words follow it. */
  readonly takes: number
  /** What it says, or why nothing comes of it. */
  readonly says: { readonly value: MosquittoValue } | { readonly left: LeftoverReason }
  /** Its value is never shown. */
  readonly isSecret: boolean
}

const value = (takes: number, name: MosquittoValue): MosquittoOption => ({
  takes,
  says: { value: name },
  isSecret: name === 'password' || name === 'proxy',
})
const left = (takes: number, why: LeftoverReason, isSecret = false): MosquittoOption => ({
  takes,
  says: { left: why },
  isSecret,
})

/** Everything that mosquitto_pub, mosquitto_sub and mosquitto_rr 2.0 and 2.1 take, as their manual pages say it. */
const named: Readonly<Record<string, MosquittoOption>> = {
  '-h --host': value(1, 'host'),
  '-p --port': value(1, 'port'),
  '-L --url': value(1, 'url'),
  '-u --username': value(1, 'username'),
  '-P --pw': value(1, 'password'),
  '-i --id': value(1, 'clientId'),
  '-I --id-prefix': value(1, 'idPrefix'),
  '-k --keepalive': value(1, 'keepalive'),
  '-V --protocol-version': value(1, 'version'),
  '-c --disable-clean-session': value(0, 'persistent'),
  '-x --session-expiry-interval': value(1, 'expiry'),
  '-D --property': value(3, 'property'),
  '-t --topic': value(1, 'topic'),
  '-e': value(1, 'responseTopic'),
  '-q --qos': value(1, 'qos'),
  '-m --message': value(1, 'payload'),
  '-n --null-message': value(0, 'noPayload'),
  '-r --retain': value(0, 'retain'),
  '--will-topic': value(1, 'willTopic'),
  '--will-payload': value(1, 'willPayload'),
  '--will-qos': value(1, 'willQos'),
  '--will-retain': value(0, 'willRetain'),
  '--cafile': value(1, 'caFile'),
  '--capath': value(1, 'caPath'),
  '--tls-use-os-certs': value(0, 'systemTrust'),
  '--cert': value(1, 'certificateFile'),
  '--key': value(1, 'keyFile'),
  '--tls-alpn': value(1, 'alpn'),
  '--insecure': value(0, 'insecure'),
  '--ws --websockets': value(0, 'webSocket'),
  '--tls-version': left(1, 'tlsVersion'),
  '--ciphers': left(1, 'noSetting'),
  '--keyform': left(1, 'noSetting'),
  '--tls-engine': left(1, 'noSetting'),
  '--tls-engine-kpass-sha1': left(1, 'noSetting', true),
  '--psk': left(1, 'noSetting', true),
  '--psk-identity': left(1, 'noSetting'),
  '--proxy': value(1, 'proxy'),
  '--unix': left(1, 'noSetting'),
  '-A': left(1, 'noSetting'),
  '-S': left(0, 'noSetting'),
  '-M --max-inflight': left(1, 'noSetting'),
  '--nodelay': left(0, 'noSetting'),
  '-o': left(1, 'noSetting'),
  '-U --unsubscribe': left(1, 'noSetting'),
  '-T --filter-out': left(1, 'output'),
  '-C': left(1, 'output'),
  '-W': left(1, 'output'),
  '-w --watch': left(0, 'output'),
  '-F': left(1, 'output'),
  '-E': left(0, 'output'),
  '-N': left(0, 'output'),
  '-R': left(0, 'output'),
  '-d --debug': left(0, 'output'),
  '-v --verbose': left(0, 'output'),
  '--quiet': left(0, 'output'),
  '--pretty': left(0, 'output'),
  '--help': left(0, 'output'),
  '--version': left(0, 'output'),
  '--random-filter': left(1, 'output'),
  '--retained-only': left(0, 'output'),
  '--remove-retained': left(0, 'output'),
  '-f --file': left(1, 'file'),
  '-s --stdin-file': left(0, 'standardInput'),
  '-l --stdin-line': left(0, 'standardInput'),
  '--repeat': left(1, 'repeat'),
  '--repeat-delay': left(1, 'repeat'),
}

/** By each of their names. */
export const mosquittoOptions: ReadonlyMap<string, MosquittoOption> = new Map(
  Object.entries(named).flatMap(([names, option]) => names.split(' ').map((name) => [name, option] as const)),
)
