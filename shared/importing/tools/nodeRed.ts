import { splitAddress } from '#shared/address/addressParts'
import { createFields, newRemarks, recordOf, textOf, type Remarks } from '../fields'
import type { ForeignConnection, ForeignTls, ImportTool } from '../foreignConnection'
import { connectPropertiesFrom, willPropertiesFrom } from '../packetProperties'
import { namedVersion, schemeOf, willFrom } from '../settingsReading'

type Node = Readonly<Record<string, unknown>>

/** Node-RED: the broker nodes of exported flows. Their credentials are encrypted in a file of their own. */
export const nodeRed: ImportTool = {
  name: 'Node-RED',
  read: ({ value }) => {
    if (!Array.isArray(value)) return null
    const nodes = value.map(recordOf)
    const brokers = nodes.filter(({ type }) => type === 'mqtt-broker')
    if (brokers.length === 0) return null
    return { format: 'flows', connections: brokers.map((broker) => connectionOf(broker, nodes)) }
  },
}

const connectionOf = (broker: Node, nodes: readonly Node[]): ForeignConnection => {
  const remarks = newRemarks()
  const fields = createFields(broker, remarks)
  const id = fields.text('id')
  const address = fields.text('broker')
  const parts = splitAddress(address.trim())
  const tlsId = fields.text('tls')
  const tls = tlsOf(
    nodes.find((node) => node['id'] === tlsId && tlsId !== ''),
    remarks,
  )
  const isSecure = fields.flag('usetls') === true || tlsId !== ''
  const portText = fields.number('port')
  const verify = fields.flag('verifyservercert')
  const expiry = fields.number('sessionExpiry')
  const version = namedVersion(fields.text('protocolVersion'))
  const isOld = fields.flag('compatmode') === true
  const messages = nodes.filter((node) => node['type'] === 'mqtt out' && node['broker'] === id)
  const will = willFrom(fields, { topic: 'willTopic', payload: 'willPayload', qos: 'willQos', retain: 'willRetain' })
  // Without a topic there is no will, whatever else is said of one.
  if (!will) fields.skip('willMsg')
  const connection: ForeignConnection = {
    key: id,
    name: fields.text('name'),
    folder: [],
    scheme: parts?.scheme ?? schemeOf(false, isSecure),
    host: parts?.host ?? address,
    port: parts?.port === undefined ? portText : Number(parts.port),
    path: parts?.path,
    protocolVersion: version ?? (isOld ? '3.1' : '3.1.1'),
    clientId: fields.text('clientid'),
    keepaliveSeconds: fields.number('keepalive'),
    cleanStart: fields.flag('cleansession'),
    sessionExpirySeconds: expiry,
    tls: { ...tls, verify: tls.verify ?? verify },
    connectProperties: connectPropertiesFrom(fields),
    will: will && { ...will, properties: willPropertiesFrom(fields.child('willMsg')) },
    subscriptions: nodes
      .filter((node) => node['type'] === 'mqtt in' && node['broker'] === id)
      .map((node) => ({
        filter: textOf(node['topic']),
        qos: Number(node['qos']),
        alias: textOf(node['name']),
        options: {
          ...(node['nl'] === true && { noLocal: true }),
          ...(node['rap'] === true && { retainAsPublished: true }),
        },
      })),
    messages: messages.map((node) => ({ name: textOf(node['name']), folder: [], message: messageOf(node) })),
    ...remarks,
  }
  // Whether there are any does not stand in the flows.
  remarks.dropped.push({ field: 'credentials', why: 'typeAgain' })
  fields.skip('type', 'z', 'autoConnect', 'autoUnsubscribe')
  fields.finish()
  return connection
}

const tlsOf = (node: Node | undefined, remarks: Remarks): ForeignTls => {
  if (!node) return {}
  const fields = createFields(node, remarks, 'tls')
  const verify = fields.flag('verifyservercert')
  const settings = {
    caFile: fields.text('ca'),
    certificateFile: fields.text('cert'),
    keyFile: fields.text('key'),
    serverName: fields.text('servername'),
    alpn: fields.text('alpnprotocol'),
    verify,
  }
  fields.skip('id', 'type', 'name', 'z')
  // Certificates that were uploaded are with the credentials; here are their names alone.
  for (const name of ['caname', 'certname', 'keyname']) fields.drop(name, 'typeAgain')
  fields.finish()
  return settings
}

const messageOf = (node: Node) => {
  const qos = Number(node['qos'])
  return {
    topic: textOf(node['topic']),
    qos,
    retain: textOf(node['retain']) === 'true',
    contentType: textOf(node['contentType']),
    responseTopic: textOf(node['respTopic']),
    correlationData: textOf(node['correl']),
    messageExpiry: textOf(node['expiry']),
  }
}
