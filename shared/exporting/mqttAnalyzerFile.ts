import { usesTls, usesWebSocket, type Profile } from '#shared/model/profile'

/** What is in a file of certificates, as Base64. */
export interface EmbeddedFile {
  readonly name: string
  readonly data: string
}

/** A profile as a `.mqttbroker` of MQTTAnalyzer, which other tools read as well. Secrets and keys are left out. */
export const mqttAnalyzerText = (profile: Profile, ca: EmbeddedFile | null): string => {
  const { scheme, tls, username, usePassword } = profile
  const broker = {
    alias: profile.name,
    hostname: profile.host,
    port: profile.port,
    protocolMethod: usesWebSocket(scheme) ? 'websocket' : 'mqtt',
    protocolVersion: profile.protocolVersion === '5' ? 'mqtt5' : 'mqtt3',
    basePath: usesWebSocket(scheme) ? profile.path : null,
    ssl: usesTls(scheme),
    untrustedSSL: usesTls(scheme) && !tls.verify,
    alpn: tls.alpn === '' ? null : tls.alpn,
    authType: usePassword || username !== '' ? 'usernamePassword' : 'none',
    username: username === '' ? null : username,
    password: null,
    clientID: profile.clientId === '' ? null : profile.clientId,
    subscriptions: profile.subscriptions
      .filter(({ enabled }) => enabled)
      .map(({ filter, qos }) => ({ topic: filter, qos })),
    certificates: ca ? [{ name: ca.name, type: 'serverCA', data: ca.data }] : null,
    certClientKeyPassword: null,
    category: profile.folder === '' ? null : profile.folder,
    limitTopic: 1_000,
    limitMessagesBatch: 1_000,
  }
  return `${JSON.stringify({ version: 1, broker }, null, 2)}\n`
}
