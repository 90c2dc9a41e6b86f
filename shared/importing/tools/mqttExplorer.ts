import { createFields, newRemarks, recordOf, type Fields, type Remarks } from '../fields'
import type {
  ForeignCertificate,
  ForeignChart,
  ForeignConnection,
  ForeignSubscription,
  ImportTool,
} from '../foreignConnection'
import { certificateFrom, schemeOf } from '../settingsReading'

const store = 'ConnectionManager_connections'

/** MQTT Explorer: `settings.json` of 0.3 and 0.4, and what the first versions kept in the browser's storage. */
export const mqttExplorer: ImportTool = {
  name: 'MQTT Explorer',
  read: ({ value }) => {
    const settings = recordOf(value)
    if (Object.hasOwn(settings, store)) {
      const views = recordOf(settings['connection_view_state'])
      const connections = Object.values(recordOf(settings[store])).map((one) => connectionOf(one, views))
      return { format: 'settings.json', connections: connections.toSorted(byOrder).map(({ connection }) => connection) }
    }
    const isLegacy = ['host', 'port', 'tls', 'certValidation', 'clientId'].every((name) =>
      Object.hasOwn(settings, name),
    )
    return isLegacy ? { format: 'localStorage', connections: [connectionOf(settings, {}).connection] } : null
  },
}

interface Placed {
  readonly connection: ForeignConnection
  readonly order: number
}
const byOrder = (one: Placed, other: Placed) => one.order - other.order

const connectionOf = (value: unknown, views: Readonly<Record<string, unknown>>): Placed => {
  const remarks = newRemarks()
  const fields = createFields(value, remarks)
  const id = fields.text('id')
  if (fields.has('changeSet')) fields.drop('changeSet', 'rubbish')
  const isWebSocket = /^wss?/.test(fields.text('protocol'))
  const clientId = fields.text('clientId')
  const charts = Object.hasOwn(views, id) ? createFields(views[id], remarks, 'connection_view_state') : null
  const order = fields.number('order') ?? 0
  const connection: ForeignConnection = {
    key: id,
    name: fields.text('name'),
    folder: [],
    scheme: schemeOf(isWebSocket, fields.flag('encryption') ?? fields.flag('tls') ?? false),
    host: fields.text('host'),
    port: fields.number('port'),
    path: isWebSocket ? fields.text('basePath') : undefined,
    protocolVersion: '3.1.1',
    clientId: /^mqtt-explorer-[\da-f]{8}$/.test(clientId) ? '' : clientId,
    username: fields.text('username'),
    password: fields.text('password'),
    tls: { verify: fields.flag('certValidation') },
    certificates: certificatesOf(fields, remarks),
    subscriptions: fields.list('subscriptions').flatMap((one, index) => subscriptionOf(one, { index, remarks })),
    messages: [],
    charts: charts?.children('charts').flatMap(chartOf) ?? [],
    ...remarks,
  }
  remarks.guessed.push('protocolVersion')
  fields.skip('configVersion', 'type', 'basePath')
  fields.finish()
  charts?.finish()
  return { connection, order }
}

/** `a.b.0`; '' = the whole payload. */
const chartOf = (fields: Fields): readonly ForeignChart[] => {
  const topic = fields.text('topic')
  const dotPath = fields.text('dotPath')
  const path = dotPath === '' ? [] : dotPath.split('.').map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : part))
  return topic === '' ? [] : [{ topic, path }]
}

const places = [
  ['selfSignedCertificate', 'caFile'],
  ['clientCertificate', 'certificateFile'],
  ['clientKey', 'keyFile'],
] as const

const certificatesOf = (fields: Fields, remarks: Remarks): readonly ForeignCertificate[] =>
  places.flatMap(([name, field]) => {
    const file = fields.child(name)
    const data = file.text('data')
    if (data === '') return []
    const certificate = certificateFrom(field, file.text('name') || field, data)
    if (certificate) return [certificate]
    remarks.dropped.push({ field: name, why: 'invalid' })
    return []
  })

/** 0.3 has texts, 0.4 records; both may have an empty one. */
const subscriptionOf = (
  one: unknown,
  { index, remarks }: { readonly index: number; readonly remarks: Remarks },
): readonly ForeignSubscription[] => {
  if (typeof one === 'string') return [{ filter: one }]
  const fields = createFields(one, remarks, `subscriptions.${index}`)
  const subscription = { filter: fields.text('topic'), qos: fields.number('qos') }
  fields.finish()
  return [subscription]
}
