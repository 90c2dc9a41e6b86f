import { createFields, newRemarks, recordOf, textOf } from '../fields'
import type { ForeignConnection, ForeignMessage, ImportTool } from '../foreignConnection'
import { namedScheme } from '../settingsReading'

type Row = Readonly<Record<string, unknown>>
type Rows = (name: string) => readonly Row[]

/** MQTT Viewer 1.0: `MqttViewer.db`. Its passwords are encrypted for the machine. */
export const mqttViewer: ImportTool = {
  name: 'MQTT Viewer',
  read: ({ form, tables }) => {
    const rows: Rows = (name) => tables.find((table) => table.name === name)?.rows ?? []
    if (form !== 'SQLite' || !tables.some(({ name }) => name === 'collection_messages')) return null
    const shared = rows('collections').filter(({ connection_id: of }) => of === null)
    return {
      format: 'SQLite',
      connections: rows('connections').map((row) => connectionOf(row, rows)),
      dropped: shared.map(({ name }) => ({ field: `collections.${textOf(name)}`, why: 'unclear' })),
    }
  },
}

const connectionOf = (row: Row, rows: Rows): ForeignConnection => {
  const remarks = newRemarks()
  const fields = createFields(row, remarks)
  const hasPassword = fields.has('password')
  fields.drop('password', 'typeAgain')
  const hasCertificates = fields.flag('is_certs_enabled') === true
  const ownId = fields.flag('has_custom_client_id') === true
  const clientId = fields.text('client_id')
  const version = fields.text('mqtt_version')
  if (rows('received_messages').some(({ connection_id: of }) => of === row['id']))
    remarks.dropped.push({ field: 'received_messages', why: 'messages' })
  const connection: ForeignConnection = {
    key: `${fields.text('id')} ${fields.text('created_at')}`,
    name: fields.text('name'),
    folder: [],
    scheme: namedScheme(fields.text('protocol')),
    host: fields.text('host'),
    port: fields.number('port'),
    path: fields.text('websocket_path'),
    protocolVersion: version === '3' ? '3.1.1' : '5',
    clientId: ownId ? clientId : '',
    username: fields.text('username'),
    asksForPassword: hasPassword,
    tls: {
      verify: fields.flag('skip_cert_verification') !== true,
      ...(hasCertificates && {
        caFile: fields.text('cert_ca'),
        certificateFile: fields.text('cert_client'),
        keyFile: fields.text('cert_client_key'),
      }),
    },
    subscriptions: rows('subscriptions')
      .filter(({ connection_id: of }) => of === row['id'])
      .map((one) => ({ filter: textOf(one['topic']), qos: Number(one['qo_s']) })),
    messages: rows('collections')
      .filter(({ connection_id: of }) => of === row['id'])
      .flatMap((collection) =>
        rows('collection_messages')
          .filter(({ collection_id: of }) => of === collection['id'])
          .map((message) => messageOf(message, textOf(collection['name']))),
      ),
    ...remarks,
  }
  fields.skip('updated_at', 'last_connected_at', 'custom_icon_seed', 'is_proto_enabled', 'proto_reg_dir')
  fields.finish()
  return connection
}

const messageOf = (row: Row, collection: string): ForeignMessage => {
  const encoding = textOf(row['encoding'])
  const format = textOf(row['format'])
  const qos = Number(row['qo_s'])
  const expiry = row['header_message_expiry_interval']
  return {
    name: textOf(row['name']),
    folder: [collection],
    message: {
      topic: textOf(row['topic']),
      payload: textOf(row['payload']),
      format: encoding === 'base64' || encoding === 'hex' ? encoding : format.startsWith('json') ? 'json' : 'text',
      qos,
      retain: Boolean(row['retain']),
      contentType: textOf(row['header_content_type']),
      responseTopic: textOf(row['header_response_topic']),
      correlationData: textOf(row['header_correlation_data']),
      messageExpiry: expiry === 0 ? '' : textOf(expiry),
      userProperties: Object.entries(recordOf(row['user_properties'])).map(([name, value]) => [name, textOf(value)]),
      ...(Number(row['header_payload_format_indicator'] ?? 0) === 1 && { payloadFormatIndicator: true }),
    },
  }
}
