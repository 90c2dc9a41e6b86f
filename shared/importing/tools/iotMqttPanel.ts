import { jsonPathOf } from '#shared/json/jsonPath'
import { recordOf, type Fields } from '../fields'
import type {
  ForeignChart,
  ForeignConnection,
  ForeignMessage,
  ForeignSubscription,
  ImportTool,
} from '../foreignConnection'
import { oneConnection } from '../oneConnection'
import { namedScheme } from '../settingsReading'

/** IoT MQTT Panel of Android: its export, whose panels are subscriptions and messages to be sent. */
export const iotMqttPanel: ImportTool = {
  name: 'IoT MQTT Panel',
  read: ({ value }) => {
    const file = recordOf(value)
    const list = file['connections']
    const isTool =
      Object.hasOwn(file, 'dataVersion') &&
      Array.isArray(list) &&
      list.length > 0 &&
      list.every((one) => Object.hasOwn(recordOf(one), 'connectionType'))
    return isTool ? { format: 'JSON', connections: list.map(connectionOf) } : null
  },
}

const connectionOf = (value: unknown): ForeignConnection =>
  oneConnection(value, (fields) => {
    const panels = fields.children('dashboards').flatMap(panelsOf)
    fields.skip('defaultDashboard', 'dashboardQuickAccess', 'connectionTimeout')
    return {
      key: fields.text('connectionId'),
      name: fields.text('connectionName'),
      scheme: namedScheme(fields.text('connectionType')),
      host: fields.text('host'),
      port: fields.number('port'),
      path: fields.text('path') || undefined,
      protocolVersion: '3.1.1',
      clientId: fields.text('clientId'),
      username: fields.text('username'),
      password: fields.text('password'),
      keepaliveSeconds: fields.number('keepAlive'),
      connectAtStart: fields.flag('autoConnect'),
      tls: { caFile: fields.text('caPath') },
      subscriptions: panels.flatMap(({ subscription }) => subscription),
      messages: panels.flatMap(({ messages }) => messages),
      charts: panels.flatMap(({ charts }) => charts),
    }
  })

interface Panel {
  readonly subscription: readonly ForeignSubscription[]
  readonly messages: readonly ForeignMessage[]
  readonly charts: readonly ForeignChart[]
}

const panelsOf = (dashboard: Fields): readonly Panel[] => {
  const prefix = dashboard.text('dashboardPrefixTopic')
  const folder = [dashboard.text('dashboardName')]
  // What a dashboard looks like on a telephone is nothing of a connection.
  dashboard.skip(...dashboard.names)
  return dashboard.children('panels').map((panel) => {
    const read = panelOf(panel, { prefix, folder })
    panel.skip(...panel.names)
    return read
  })
}

const panelOf = (panel: Fields, place: { readonly prefix: string; readonly folder: readonly string[] }): Panel => {
  const prefix = panel.flag('disableDashboardPrefix') === true ? '' : place.prefix
  const topic = panel.text('topic')
  const separate = panel.text('seperateSubscribeTopic')
  const type = panel.text('type')
  // Before there was `mqttType`, a button alone did not subscribe.
  const direction = panel.text('mqttType') || (type === 'button' ? 'pub' : type === 'switch' ? 'pubsub' : 'sub')
  const name = panel.text('panelName')
  const qos = panel.number('qos')
  const filter = `${prefix}${separate || topic}`
  const isHeard = topic !== '' && direction.includes('sub')
  const jsonPath = panel.text('jsonPath')
  const path = jsonPath === '' ? [] : jsonPathOf(jsonPath)
  const messageOf = (title: string, payload: string): ForeignMessage => ({
    name: title,
    folder: place.folder,
    message: { topic: `${prefix}${topic}`, payload, qos, retain: panel.flag('retain') ?? false },
  })
  const payloads = [
    ['', panel.text('payload')],
    [' (on)', panel.text('payloadOn')],
    [' (off)', panel.text('payloadOff')],
  ] as const
  const said = payloads.filter(([, payload]) => payload !== '')
  const sent = said.length > 0 ? said : ([['', '']] as const)
  return {
    subscription: isHeard ? [{ filter, qos, alias: name }] : [],
    messages: topic !== '' && direction.startsWith('pub') ? sent.map(([end, text]) => messageOf(name + end, text)) : [],
    charts: isHeard && /graph|chart/.test(type) && path ? [{ topic: filter, path }] : [],
  }
}
