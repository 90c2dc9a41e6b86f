import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FoundTool } from '#shared/model/importPlan'

/** Where the tools keep their files on a system. */
export interface SystemPlaces {
  readonly platform: string
  readonly home: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** A place in which a tool keeps its files: below a base folder of the system. */
interface Place {
  readonly tool: string
  readonly windows?: readonly string[]
  readonly mac?: readonly string[]
  readonly linux?: readonly string[]
}

const atHome = (...paths: readonly string[]) => paths.map((path) => `~/${path}`)

/** The same name in the folder that each system has for the settings of applications. */
const application = (tool: string, ...paths: readonly string[]): Place => ({
  tool,
  windows: paths.map((path) => `%APPDATA%/${path}`),
  mac: paths.map((path) => `~/Library/Application Support/${path}`),
  linux: paths.map((path) => `$XDG_CONFIG_HOME/${path}`),
})

const everywhere = (tool: string, ...paths: readonly string[]): Place => ({
  tool,
  windows: atHome(...paths),
  mac: atHome(...paths),
  linux: atHome(...paths),
})

const places: readonly Place[] = [
  application('MQTTX', 'MQTTX/MQTTX.db', 'MQTTX/db.json'),
  application('MQTT Explorer', 'MQTT-Explorer/settings.json'),
  {
    tool: 'MQTT.fx',
    windows: ['%LOCALAPPDATA%/MQTT-FX/mqttfx-config.xml'],
    mac: atHome(
      'Library/Application Support/MQTT-FX/mqttfx-config.xml',
      'Library/Application Support/MQTT.fx/mqttfx-config.xml',
    ),
    linux: atHome('MQTT-FX/mqttfx-config.xml'),
  },
  everywhere('mqtt-spy', 'mqtt-spy/mqtt-spy-configuration.xml'),
  {
    tool: 'MQTT Viewer',
    windows: ['%LOCALAPPDATA%/MqttViewer/MqttViewer.db'],
    mac: atHome('Library/Application Support/MqttViewer/MqttViewer.db'),
    linux: [
      ...atHome('.var/app/app.mqttviewer.MqttViewer/data/MqttViewer.db'),
      ...atHome('.var/app/app.mqttviewer.MqttViewer/data/MqttViewer/MqttViewer.db'),
      '$XDG_DATA_HOME/MqttViewer/MqttViewer.db',
    ],
  },
  {
    tool: 'MQTT Multimeter',
    windows: atHome('mqtt-multimeter/State', '.MQTTnetApp/State'),
    mac: atHome('.config/mqtt-multimeter/State'),
    linux: ['$XDG_CONFIG_HOME/mqtt-multimeter/State'],
  },
  {
    tool: 'MQTTk',
    windows: ['%LOCALAPPDATA%/MQTTk/MQTTk-config.json'],
    mac: atHome('Library/Application Support/MQTTk/MQTTk-config.json'),
    linux: ['$XDG_CONFIG_HOME/MQTTk/MQTTk-config.json'],
  },
  application('MQTT5 Explorer', 'mqtt5-explorer/config.json'),
  application('MQTTForge', 'MQTTForge/connection-settings.json'),
  {
    tool: 'Transmitron',
    windows: ['%LOCALAPPDATA%/transmitron/profiles'],
    linux: ['$XDG_CONFIG_HOME/transmitron/profiles'],
  },
  {
    tool: 'LazyMQTT',
    mac: atHome('.config/lazymqtt/connections.json'),
    linux: ['$XDG_CONFIG_HOME/lazymqtt/connections.json'],
  },
  { tool: 'MqttInsight', mac: atHome('MqttInsight/conf/config.json'), linux: atHome('MqttInsight/conf/config.json') },
  ...(['mosquitto_sub', 'mosquitto_pub', 'mosquitto_rr'] as const).map((name): Place => ({
    tool: 'mosquitto',
    windows: atHome(`${name}.conf`),
    mac: atHome(`.config/${name}`),
    linux: [`$XDG_CONFIG_HOME/${name}`],
  })),
  everywhere('mqtt-cli', '.mqtt-cli/config.properties'),
  everywhere('MQTTX CLI', '.mqttx-cli/config'),
  application('VSMqtt', 'Code/User/settings.json'),
]

/** What of other tools is on this computer, in their usual places. Nothing but that it is there is looked at. */
export const lookForTools = async (system: SystemPlaces): Promise<readonly FoundTool[]> => {
  const paths = places.flatMap((place) => pathsOf(place, system).map((path) => ({ tool: place.tool, path })))
  const found = await Promise.all(
    paths.map(async ({ tool, path }) => {
      const isThere = await stat(path).then(
        (facts) => facts.isFile() || facts.isDirectory(),
        () => false,
      )
      return isThere ? [{ id: path, tool, path }] : []
    }),
  )
  return found.flat()
}

const pathsOf = (place: Place, system: SystemPlaces): readonly string[] => {
  const { platform } = system
  const said = platform === 'win32' ? place.windows : platform === 'darwin' ? place.mac : place.linux
  return (said ?? []).flatMap((path) => resolved(path, system) ?? [])
}

/** A path with its base; null = the system does not say where that is. */
const resolved = (path: string, { home, environment }: SystemPlaces): string | null => {
  const [base = '', ...rest] = path.split('/')
  const bases: Readonly<Record<string, string | undefined>> = {
    '~': home,
    '%APPDATA%': environment['APPDATA'],
    '%LOCALAPPDATA%': environment['LOCALAPPDATA'],
    $XDG_CONFIG_HOME: environment['XDG_CONFIG_HOME'] || join(home, '.config'),
    $XDG_DATA_HOME: environment['XDG_DATA_HOME'] || join(home, '.local', 'share'),
  }
  const folder = bases[base]
  return folder === undefined || folder === '' ? null : join(folder, ...rest)
}
