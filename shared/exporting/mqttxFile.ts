import { hexOfColour } from '#shared/importing/nearestColour'
import { usesTls, type Profile } from '#shared/model/profile'

/** Profiles as MQTTX 1.13 exports them as JSON. Passwords are left out. */
export const mqttxText = (profiles: readonly Profile[]): string =>
  `${JSON.stringify(profiles.map(mqttxConnection), null, 2)}\n`

const versions = { '3.1': '3.1', '3.1.1': '3.1.1', '5': '5.0' } as const

const mqttxConnection = (profile: Profile, index: number) => {
  const { tls, will } = profile
  const hasOwnFiles = tls.caFile !== '' || tls.certificateFile !== ''
  return {
    id: profile.id,
    clientId: profile.clientId,
    name: profile.name,
    clean: profile.cleanStart,
    protocol: profile.scheme,
    host: profile.host,
    port: profile.port,
    keepalive: profile.keepaliveSeconds,
    connectTimeout: profile.connectTimeoutSeconds,
    reconnect: profile.reconnect.enabled,
    reconnectPeriod: profile.reconnect.initialSeconds * 1_000,
    username: profile.username,
    password: '',
    path: profile.path,
    certType: usesTls(profile.scheme) ? (hasOwnFiles ? 'self' : 'server') : '',
    ssl: usesTls(profile.scheme),
    mqttVersion: versions[profile.protocolVersion],
    unreadMessageCount: 0,
    clientIdWithTime: false,
    parentId: null,
    orderId: index,
    rejectUnauthorized: tls.verify,
    ALPNProtocols: tls.alpn,
    ca: tls.caFile,
    cert: tls.certificateFile,
    key: tls.keyFile,
    isCollection: false,
    subscriptions: profile.subscriptions.map((one) => mqttxSubscription(one, profile.id)),
    will: {
      lastWillTopic: will.enabled ? will.topic : '',
      lastWillPayload: will.enabled ? will.payload : '',
      lastWillQos: will.qos,
      lastWillRetain: will.retain,
      properties: {},
    },
    properties: { sessionExpiryInterval: profile.sessionExpirySeconds },
    messages: [],
  }
}

const mqttxSubscription = (
  { id, filter, qos, alias, colour, enabled, options }: Profile['subscriptions'][number],
  connectionId: string,
) => ({
  id: `scription_${connectionId}_${id}`,
  topic: filter,
  qos,
  disabled: !enabled,
  alias,
  retain: false,
  nl: options?.noLocal ?? false,
  rap: options?.retainAsPublished ?? false,
  rh: options?.retainHandling ?? 0,
  subscriptionIdentifier: null,
  userProperties: null,
  color: hexOfColour(colour),
  connectionId,
})
