import { recordOf, textOf } from '../fields'
import type { ForeignConnection, ImportTool } from '../foreignConnection'
import { nearestColour } from '../nearestColour'
import { oneConnection } from '../oneConnection'
import { namedVersion } from '../settingsReading'

/** MQTTk: `MQTTk-config.json`, in which all values are texts. */
export const mqttk: ImportTool = {
  name: 'MQTTk',
  read: ({ value }) => {
    const connections = Object.entries(recordOf(recordOf(value)['connections']))
    const isTool = connections.some(([, one]) => Object.hasOwn(recordOf(one), 'connection_parameters'))
    if (connections.length === 0 || !isTool) return null
    return { format: 'JSON', connections: connections.map(([name, one]) => connectionOf(name, one)) }
  },
}

const connectionOf = (name: string, value: unknown): ForeignConnection =>
  oneConnection(value, (fields) => {
    const parameters = fields.child('connection_parameters')
    const certificateFile = parameters.text('cl_cert')
    const keyFile = parameters.text('cl_key')
    const filters = recordOf(recordOf(value)['subscriptions'])
    const stored = recordOf(recordOf(value)['stored_publishes'])
    const isSecure = parameters.text('ssl') !== '' && parameters.text('ssl') !== 'Disabled'
    fields.skip('subscriptions', 'stored_publishes', 'publish_topics', 'last_subscribe_used', 'last_publish_used')
    return {
      name,
      scheme: isSecure ? 'mqtts' : 'mqtt',
      host: parameters.text('broker_addr'),
      port: parameters.number('broker_port'),
      protocolVersion: namedVersion(parameters.text('mqtt_version')),
      clientId: parameters.text('client_id'),
      username: parameters.text('user'),
      password: parameters.text('pass'),
      connectTimeoutSeconds: parameters.number('timeout'),
      keepaliveSeconds: parameters.number('keepalive'),
      tls: { caFile: parameters.text('ca_file'), certificateFile, keyFile },
      subscriptions: Object.entries(filters).map(([filter, one]) => ({
        filter,
        colour: nearestColour(textOf(recordOf(one)['colour'])),
      })),
      messages: Object.entries(stored).map(([title, one]) => {
        const message = recordOf(one)
        const qos = Number(message['qos'])
        return {
          name: title,
          folder: [],
          message: {
            topic: textOf(message['topic']),
            payload: textOf(message['payload']),
            qos,
            retain: message['retained'] === true,
          },
        }
      }),
    }
  })
