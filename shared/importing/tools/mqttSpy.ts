import { parseBase64 } from '#shared/mqtt/payloadText'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { splitAddress } from '#shared/address/addressParts'
import { createFields, newRemarks, textOf, type Fields, type Remarks } from '../fields'
import type { ForeignConnection, ForeignWill, ImportTool, XmlElement } from '../foreignConnection'
import { elementAt, elementsOf, xmlValue } from '../readXml'
import { schemeOf } from '../settingsReading'

/** mqtt-spy: its configuration of both schemas, and that of its daemon. */
export const mqttSpy: ImportTool = {
  name: 'mqtt-spy',
  read: ({ xml }) => {
    if (xml?.name !== 'MqttSpyConfiguration' && xml?.name !== 'MqttSpyDaemonConfiguration') return null
    const place = elementAt(xml, 'Connectivity') ?? xml
    const elements = [...elementsOf(place, 'ConnectionV2'), ...elementsOf(place, 'Connection')]
    const folders = foldersOf(xml)
    return {
      format: xml.name === 'MqttSpyConfiguration' ? 'XML' : 'XML (daemon)',
      connections: elements.map((element) => connectionOf(element, folders)),
    }
  },
}

/** The names of the groups above a connection, by its id; `default_group` is the root. */
const foldersOf = (root: XmlElement): ReadonlyMap<string, readonly string[]> => {
  const groups = new Map(elementsOf(root, 'ConnectionGroups').map((group) => [idOf(group), group]))
  const folders = new Map<string, readonly string[]>()
  const visit = (id: string, above: readonly string[]) => {
    const group = groups.get(id)
    groups.delete(id)
    if (!group) return
    const path = id === 'default_group' ? above : [...above, elementAt(group, 'Name')?.text.trim() ?? id]
    for (const reference of references(group, 'Connections')) folders.set(reference, path)
    for (const reference of references(group, 'Subgroups')) visit(reference, path)
  }
  visit('default_group', [])
  for (const id of groups.keys()) visit(id, [])
  return folders
}

const idOf = (element: XmlElement): string => elementAt(element, 'ID')?.text.trim() ?? ''
const references = (group: XmlElement, name: string): readonly string[] =>
  elementsOf(group, name).flatMap((part) => elementsOf(part, 'Reference').map(({ text }) => text.trim()))

const versions = { 'MQTT 3.1': '3.1', 'MQTT 3.1.1': '3.1.1' } as const

const connectionOf = (element: XmlElement, folders: ReadonlyMap<string, readonly string[]>): ForeignConnection => {
  const remarks = newRemarks()
  const fields = createFields(xmlValue(element), remarks)
  const id = fields.text('ID')
  const [first = '', ...others] = fields.list('ServerURI').map(textOf)
  for (const [index, address] of others.entries()) {
    remarks.dropped.push({ field: `ServerURI.${index + 1}`, why: 'otherAddress' })
    remarks.kept[`ServerURI.${index + 1}`] = address
  }
  const tls = tlsOf(fields.child('SSL'), remarks)
  const parts = splitAddress(first.trim())
  const inText = parts?.scheme
  const isWebSocket = fields.flag('WebSocket') ?? (inText === 'ws' || inText === 'wss')
  const isSecure = tls.isSecure || (!fields.has('SSL') && (inText === 'mqtts' || inText === 'wss'))
  const protocol = fields.text('Protocol')
  const opens = fields.flag('AutoOpen') ?? false
  const connects = fields.flag('AutoConnect') ?? false
  const retry = fields.child('ReconnectionSettings')
  const interval = retry.number('RetryInterval')
  const connection: ForeignConnection = {
    key: id,
    name: fields.text('Name'),
    folder: folders.get(id) ?? [],
    scheme: schemeOf(isWebSocket, isSecure),
    host: parts?.host ?? first,
    port: parts?.port === undefined ? (isSecure ? 8883 : 1883) : Number(parts.port),
    path: parts?.path,
    protocolVersion: Object.hasOwn(versions, protocol) ? versions[protocol as keyof typeof versions] : '3.1.1',
    clientId: fields.text('ClientID'),
    ...userOf(fields),
    keyPassphrase: tls.passphrase,
    keepaliveSeconds: fields.number('KeepAliveInterval') ?? 60,
    connectTimeoutSeconds: fields.number('ConnectionTimeout') ?? 30,
    cleanStart: fields.flag('CleanSession') ?? true,
    reconnect: fields.has('ReconnectionSettings'),
    reconnectSeconds: interval === undefined ? undefined : interval / 1000,
    connectAtStart: opens && connects,
    tls: tls.settings,
    will: willOf(fields),
    subscriptions: fields.children('Subscription').map((one) => {
      one.skip('@createTab')
      return { filter: one.text('@topic'), qos: one.number('@qos') ?? 0 }
    }),
    messages: fields.children('Publication').map((one) => {
      const topic = one.text('@topic')
      return { name: topic, folder: [], message: { topic } }
    }),
    ...remarks,
  }
  retry.skip('Resubscribe')
  if (protocol === '' || protocol === 'MQTT Default') remarks.guessed.push('protocolVersion')
  fields.finish()
  return connection
}

/** The password is Base64 of UTF-8; the first versions had it in UserAuthentication. */
const userOf = (fields: Fields) => {
  const credentials = fields.child('UserCredentials')
  const asked = fields.child('UserAuthentication')
  const encoded = credentials.text('Password') || asked.text('Password')
  const decoded = encoded === '' ? null : parseBase64(encoded)
  const username = credentials.text('Username') || asked.text('Username')
  asked.skip('AskForUsername')
  return {
    username,
    password: decoded?.ok ? decodeUtf8(decoded.bytes) : encoded,
    asksForPassword: asked.flag('AskForPassword') === true,
  }
}

/** Plain text, whatever a comment in a sample of the daemon says. */
const willOf = (fields: Fields): ForeignWill | null => {
  const name = 'LastWillAndTestament'
  const will = fields.child(name)
  const topic = will.text('@topic') || will.text('Topic')
  if (topic === '') return null
  return {
    topic,
    payload: will.text('#text') || will.text('Payload'),
    qos: will.number('@qos') ?? will.number('QoS'),
    retain: will.flag('@retained') ?? will.flag('Retained'),
  }
}

const tlsOf = (fields: Fields, remarks: Remarks) => {
  const mode = fields.text('Mode')
  const caFile = fields.text('CertificateAuthorityFile')
  const certificateFile = fields.text('ClientCertificateFile')
  const keyFile = fields.text('ClientKeyFile')
  const passphrase = fields.text('ClientKeyPassword')
  const keyStore = fields.text('ClientKeyStoreFile')
  const isPkcs12 = /\.(?:p12|pfx)$/i.test(keyStore)
  const storePassword = fields.text('ClientKeyStorePassword')
  if (fields.has('ServerKeyStoreFile')) fields.drop('ServerKeyStoreFile', 'unreadableFile')
  if (keyStore !== '' && !isPkcs12) fields.drop('ClientKeyStoreFile', 'unreadableFile')
  if (mode === 'PROPERTIES') remarks.guessed.push('scheme')
  fields.skip('ClientKeyPEM')
  return {
    isSecure: mode !== '' && mode !== 'DISABLED',
    passphrase: isPkcs12 ? storePassword : passphrase,
    settings: {
      ...((mode === 'SERVER_ONLY' || mode === 'SERVER_AND_CLIENT') && { caFile }),
      ...(mode === 'SERVER_AND_CLIENT' && { certificateFile, keyFile }),
      ...(isPkcs12 && { pkcs12File: keyStore }),
    },
  }
}
