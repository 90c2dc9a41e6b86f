import { createFields, newRemarks, recordOf, textOf, type Fields } from '../fields'
import {
  neverExpires,
  type Dropped,
  type ForeignConnection,
  type ForeignDocument,
  type ForeignFile,
  type ForeignSchema,
  type ForeignSubscription,
  type ForeignTable,
  type ImportTool,
} from '../foreignConnection'
import { nearestColour } from '../nearestColour'
import { elementsOf, xmlValue } from '../readXml'
import { connectPropertiesFrom, joinedProperties, willPropertiesFrom } from '../packetProperties'
import { namedScheme, namedVersion, schemeOf, willFrom } from '../settingsReading'

type Row = Readonly<Record<string, unknown>>

/** Connections of MQTTX with the names of their groups by id. */
interface MqttxFile {
  readonly format: string
  readonly connections: readonly unknown[]
  readonly groups: ReadonlyMap<string, readonly string[]>
  readonly dropped: readonly Dropped[]
  /** Functions and schemas. */
  readonly scripts: readonly unknown[]
}

/** MQTTX 1.3 to 1.13: its exports in JSON, YAML, XML, CSV and Excel, and its store as db.json and MQTTX.db. */
export const mqttx: ImportTool = {
  name: 'MQTTX',
  read: (document): ForeignFile | null => {
    const file = fileOf(document)
    if (!file) return null
    const { format, groups, dropped, scripts } = file
    return {
      format,
      dropped,
      schemas: scripts.flatMap(schemaOf),
      connections: file.connections.map((one) => connectionOf(one, groups)),
    }
  },
}

const fileOf = (document: ForeignDocument): MqttxFile | null => {
  const { form, value, xml, tables } = document
  if (form === 'SQLite') return databaseOf(tables)
  if (form === 'XML') {
    if (xml?.name !== 'root') return null
    const several = elementsOf(xml, 'oneConnection').map(xmlValue)
    return exported('XML', several.length > 0 ? several : [xmlValue(xml)])
  }
  if (form === 'CSV' || form === 'XLSX') {
    const rows = tables.flatMap((table) => table.rows)
    if (rows[0] && 'connection_name' in rows[0] && 'direction' in rows[0])
      return { ...noConnections(`${form} (messages)`), dropped: [{ field: 'messages', why: 'messages' }] }
    return exported(form, form === 'CSV' ? rows : sheetRows(tables))
  }
  if (form !== 'JSON' && form !== 'YAML') return null
  const store = recordOf(value)
  if (Array.isArray(store['connections']) && 'suggestConnections' in store) return storeOf(store)
  return exported(form, Array.isArray(value) ? value.map((one: unknown) => one) : [value])
}

const noConnections = (format: string): MqttxFile => ({
  format,
  connections: [],
  groups: new Map(),
  dropped: [],
  scripts: [],
})

/** Exports have neither a name nor a version: these fields together are no other tool's. */
const isConnection = (value: unknown): boolean => {
  const record = recordOf(value)
  return ['clientId', 'mqttVersion', 'clean', 'host', 'name'].every((name) => Object.hasOwn(record, name))
}

const exported = (format: string, connections: readonly unknown[]): MqttxFile | null =>
  connections.length > 0 && connections.every(isConnection) ? { ...noConnections(format), connections } : null

/** A sheet a connection, or all of them on one. */
const sheetRows = (tables: readonly ForeignTable[]): readonly Row[] => tables.flatMap((table) => table.rows)

/** `db.json` has connections twice: in their groups as well. */
const storeOf = (store: Row): MqttxFile => {
  const groups = new Map<string, readonly string[]>()
  const inGroups: unknown[] = []
  const visit = (list: unknown, above: readonly string[]) => {
    for (const one of Array.isArray(list) ? (list as readonly unknown[]) : []) {
      const entry = recordOf(one)
      if (entry['isCollection'] !== true) {
        inGroups.push(one)
        continue
      }
      const path = [...above, textOf(entry['name'])]
      groups.set(textOf(entry['id']), path)
      if (path.length < 20) visit(entry['children'], path)
    }
  }
  visit(store['connectionsCollection'], [])
  const all = [...(store['connections'] as readonly unknown[]), ...inGroups].filter(isConnection)
  const byId = new Map(all.map((one, index) => [textOf(recordOf(one)['id']) || String(index), one]))
  const scripts = Array.isArray(store['scripts']) ? (store['scripts'] as readonly unknown[]) : []
  const left = ['historyMessageHeader', 'historyMessagePayload'].filter((name) => isFilled(store[name]))
  return {
    format: 'db.json',
    scripts,
    groups,
    connections: [...byId.values()],
    dropped: [
      ...left.map((field): Dropped => ({ field, why: 'unclear' })),
      ...(scripts.some(isFunction) ? [{ field: 'scripts', why: 'noSetting' } as const] : []),
    ],
  }
}

/** Functions, which run on messages; the others are schemas. */
const isFunction = (script: unknown): boolean => schemaOf(script).length === 0

/** MQTTX has them for all topics: which one is used is chosen each time. */
const schemaOf = (script: unknown): readonly ForeignSchema[] => {
  const { name, script: text, type } = recordOf(script)
  return (type === 'protobuf' || type === 'avro') && textOf(text) !== ''
    ? [{ name: textOf(name) || type, kind: type, text: textOf(text) }]
    : []
}

const isFilled = (value: unknown): boolean => Array.isArray(value) && value.length > 0

const databaseOf = (tables: readonly ForeignTable[]): MqttxFile | null => {
  const rows = (name: string): readonly Row[] => tables.find((table) => table.name === name)?.rows ?? []
  if (!tables.some(({ name }) => name === 'ConnectionEntity')) return null
  const wills = new Map(rows('WillEntity').map((row) => [row['id'], row]))
  const subscriptions = rows('SubscriptionEntity')
  const messages = new Set(rows('MessageEntity').map((row) => row['connection_id']))
  const connections = rows('ConnectionEntity')
    .toSorted((one, other) => Number(one['orderId'] ?? 0) - Number(other['orderId'] ?? 0))
    .map((row) => {
      const { client_id: clientId, parent_id: parentId, willId, ...rest } = row
      return {
        ...rest,
        clientId,
        parentId,
        will: wills.get(willId),
        subscriptions: subscriptions.filter((one) => one['connection_id'] === row['id']),
        messages: messages.has(row['id']) ? ['messages'] : [],
      }
    })
  const scripts = rows('ScriptEntity')
  const left = ['historyMessageHeaderEntity', 'historyMessagePayloadEntity', 'DashboardEntity']
  return {
    format: 'SQLite',
    scripts,
    groups: groupsOf(rows('CollectionEntity')),
    connections,
    dropped: [
      ...left
        .filter((name) => rows(name).length > 0)
        .map((field): Dropped => ({ field, why: field.startsWith('history') ? 'unclear' : 'noSetting' })),
      ...(scripts.some(isFunction) ? [{ field: 'ScriptEntity', why: 'noSetting' } as const] : []),
    ],
  }
}

const groupsOf = (rows: readonly Row[]): ReadonlyMap<string, readonly string[]> => {
  const byId = new Map(rows.map((row) => [textOf(row['id']), row]))
  const pathOf = (id: string, depth = 0): readonly string[] => {
    const row = byId.get(id)
    return row && depth < 20 ? [...pathOf(textOf(row['parentId']), depth + 1), textOf(row['name'])] : []
  }
  return new Map([...byId.keys()].map((id) => [id, pathOf(id)]))
}

/** What is there for the window of MQTTX alone, and what stands in other fields as well. */
const noise = [
  ['id', 'orderId', 'isCollection', 'createAt', 'updateAt', 'unreadMessageCount', 'client', 'properties'],
  ['certType', 'parentId', 'collectionId', 'reconnectPeriod'],
].flat()

const connectionOf = (value: unknown, groups: MqttxFile['groups']): ForeignConnection => {
  const remarks = newRemarks()
  const fields = createFields(value, remarks)
  const inProperties = fields.child('properties')
  const expiry = fields.number('sessionExpiryInterval') ?? inProperties.number('sessionExpiryInterval')
  const connectProperties = joinedProperties(connectPropertiesFrom(fields), connectPropertiesFrom(inProperties))
  skipRepeated(inProperties, fields)
  const cleanStart = fields.flag('clean')
  const isSelfSigned = fields.text('certType') === 'self'
  const reconnectPeriod = fields.number('reconnectPeriod')
  const parent = fields.text('parentId') || fields.text('collectionId')
  const protocol = namedScheme(fields.text('protocol'))
  const isSecure = fields.flag('ssl')
  // In a CSV their numbers may have broken the JSON.
  const hasMessages = fields.list('messages').length > 0 || fields.text('messages').length > 2
  if (hasMessages) remarks.dropped.push({ field: 'messages', why: 'messages' })
  const read: ForeignConnection = {
    key: fields.text('id'),
    name: fields.text('name'),
    folder: parent === '' ? [] : (groups.get(parent) ?? [parent]),
    scheme: protocol ?? schemeOf(false, isSecure ?? false),
    host: fields.text('host'),
    port: fields.number('port'),
    path: fields.text('path'),
    protocolVersion: namedVersion(fields.text('mqttVersion')) ?? '3.1.1',
    clientId: fields.text('clientId'),
    username: fields.text('username'),
    password: fields.text('password'),
    keepaliveSeconds: fields.number('keepalive'),
    connectTimeoutSeconds: fields.number('connectTimeout'),
    cleanStart,
    // Nothing said of a session that is kept means that it never ends.
    sessionExpirySeconds: expiry ?? (cleanStart === false ? neverExpires : 0),
    reconnect: fields.flag('reconnect'),
    reconnectSeconds: reconnectPeriod === undefined ? undefined : reconnectPeriod / 1000,
    freshClientId: fields.flag('clientIdWithTime'),
    connectProperties,
    tls: {
      ...(isSelfSigned && {
        caFile: fields.text('ca'),
        certificateFile: fields.text('cert'),
        keyFile: fields.text('key'),
      }),
      alpn: alpnOf(fields.text('ALPNProtocols')),
      verify: fields.flag('rejectUnauthorized'),
    },
    will: willOf(fields.child('will')),
    subscriptions: fields.children('subscriptions').flatMap(subscriptionsOf),
    messages: [],
    ...remarks,
  }
  if (protocol === undefined) remarks.guessed.push('scheme')
  fields.skip(...noise)
  fields.finish()
  return read
}

/** Later versions write a field at the top and again below. */
const skipRepeated = (repeated: Fields, fields: Fields) =>
  repeated.skip(...repeated.names.filter((name) => fields.names.includes(name)))

const alpnOf = (text: string): string =>
  text
    .replace(/^\[(.*)\]$/s, '$1')
    .split(',')
    .map((part) => part.trim().replace(/^["'](.*)["']$/, '$1'))
    .filter((part) => part !== '')
    .join(',')

const willOf = (fields: Fields) => {
  const will = willFrom(fields, {
    topic: 'lastWillTopic',
    payload: 'lastWillPayload',
    qos: 'lastWillQos',
    retain: 'lastWillRetain',
  })
  const repeated = fields.child('properties')
  const properties = joinedProperties(willPropertiesFrom(fields), willPropertiesFrom(repeated))
  skipRepeated(repeated, fields)
  // Without a topic there is no will, whatever else is said of one.
  fields.skip('id', ...(will ? [] : fields.names))
  if (!will) repeated.skip(...repeated.names)
  return will && { ...will, properties }
}

/** A topic with commas meant several. */
const subscriptionsOf = (fields: Fields): readonly ForeignSubscription[] => {
  const retainHandling = fields.number('rh')
  const common: Omit<ForeignSubscription, 'filter'> = {
    qos: fields.number('qos'),
    alias: fields.text('alias'),
    colour: nearestColour(fields.text('color')),
    enabled: fields.flag('disabled') !== true,
    options: {
      ...(fields.flag('nl') === true && { noLocal: true }),
      ...(fields.flag('rap') === true && { retainAsPublished: true }),
      ...((retainHandling === 1 || retainHandling === 2) && { retainHandling }),
    },
  }
  const topic = fields.text('topic')
  const filters = topic.includes(',') ? topic.split(',').map((filter) => filter.trim()) : [topic]
  fields.skip('id', 'createAt', 'connectionId', 'connection_id', 'retain')
  return filters.map((filter) => ({ filter, ...common }))
}
