import { newProfile, type Scheme } from '../model/profile'
import type { ProtocolVersion } from '../model/qos'
import type { SigningMethod } from '../model/signing'

/** What a person knows of a service; the catalogue has a name and a hint for each. */
export type CloudField = 'endpoint' | 'clientId' | 'device' | 'authorizer' | 'username' | 'application' | 'tenant'

export type CloudValues = Readonly<Partial<Record<CloudField, string>>>

/** By dotted path into the profile. */
type CloudSettings = Readonly<Record<string, string | number | boolean>>

/** A cloud service: what has to be known of it, and the settings that follow. Its words are `cloud.presets.<id>`. */
export interface CloudPreset {
  readonly id: CloudPresetId
  readonly fields: readonly { readonly field: CloudField; readonly example: string; readonly isOptional?: boolean }[]
  readonly settings: (values: CloudValues) => CloudSettings
  /** Filters that show what the service sends. */
  readonly filters: (values: CloudValues) => readonly string[]
}

const cloudPresetIds = [
  'awsCertificate',
  'awsCertificate443',
  'awsAuthorizer',
  'awsWebSocket',
  'azureIotHub',
  'azureEventGrid',
  'hiveMqCloud',
  'emqxCloud',
  'thingsStack',
] as const
export type CloudPresetId = (typeof cloudPresetIds)[number]

const usual = newProfile({ id: 'usual' })

/**
 * Everything that a preset says, so that nothing of an earlier one is left: no WebSocket where none is meant, and no protocol name for
 * ALPN that belongs to another service.
 */
const settingsOf = (given: {
  readonly scheme: Scheme
  readonly host: string
  readonly port: number
  readonly version: ProtocolVersion
  readonly clientId?: string | undefined
  readonly username?: string
  readonly path?: string
  readonly alpn?: string
  readonly signing?: SigningMethod
}): CloudSettings => ({
  scheme: given.scheme,
  host: hostOf(given.host),
  port: given.port,
  protocolVersion: given.version,
  path: given.path ?? usual.path,
  username: given.username ?? '',
  'tls.alpn': given.alpn ?? '',
  'tls.verify': true,
  'signing.method': given.signing ?? 'none',
  ...(given.clientId !== undefined && given.clientId !== '' && { clientId: given.clientId }),
})

/** People paste addresses where only the name of the host is wanted. */
const hostOf = (given: string): string => {
  const text = given.trim()
  return /^(?:[a-z+]+:\/\/)?([^\s/?#@:]+)/i.exec(text)?.[1] ?? text
}

const said = (values: CloudValues, field: CloudField): string => (values[field] ?? '').trim()

const awsEndpoint = { field: 'endpoint', example: 'a1b2c3d4e5f6g7-ats.iot.eu-central-1.amazonaws.com' } as const
const awsClient = { field: 'clientId', example: 'pump-1' } as const
const none = () => []

/** The version of Azure IoT Hub's interface (https://learn.microsoft.com/azure/iot/iot-mqtt-connect-to-iot-hub). */
const azureVersion = '2021-04-12'

const presets: Readonly<Record<CloudPresetId, Omit<CloudPreset, 'id'>>> = {
  // https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html
  awsCertificate: {
    fields: [awsEndpoint, awsClient],
    settings: ({ endpoint = '', clientId }) =>
      settingsOf({ scheme: 'mqtts', host: endpoint, port: 8_883, version: '5', clientId }),
    filters: none,
  },
  awsCertificate443: {
    fields: [awsEndpoint, awsClient],
    settings: ({ endpoint = '', clientId }) =>
      settingsOf({ scheme: 'mqtts', host: endpoint, port: 443, version: '5', clientId, alpn: 'x-amzn-mqtt-ca' }),
    filters: none,
  },
  // https://docs.aws.amazon.com/iot/latest/developerguide/custom-auth.html
  awsAuthorizer: {
    fields: [
      awsEndpoint,
      awsClient,
      { field: 'authorizer', example: 'my-authorizer', isOptional: true },
      { field: 'username', example: 'pump', isOptional: true },
    ],
    settings: (values) => {
      const authorizer = said(values, 'authorizer')
      const query = authorizer === '' ? '' : `?x-amz-customauthorizer-name=${encodeURIComponent(authorizer)}`
      return settingsOf({
        scheme: 'mqtts',
        host: said(values, 'endpoint'),
        port: 443,
        version: '5',
        clientId: said(values, 'clientId'),
        username: `${said(values, 'username')}${query}`,
        alpn: 'mqtt',
      })
    },
    filters: none,
  },
  awsWebSocket: {
    fields: [awsEndpoint, awsClient, { field: 'username', example: 'AKIAIOSFODNN7EXAMPLE' }],
    settings: ({ endpoint = '', clientId, username = '' }) =>
      settingsOf({
        scheme: 'wss',
        host: endpoint,
        port: 443,
        version: '5',
        clientId,
        username: username.trim(),
        path: '/mqtt',
        signing: 'awsSigV4',
      }),
    filters: none,
  },
  azureIotHub: {
    fields: [
      { field: 'endpoint', example: 'my-hub.azure-devices.net' },
      { field: 'device', example: 'pump-1' },
    ],
    settings: (values) => {
      const host = hostOf(said(values, 'endpoint'))
      const device = said(values, 'device')
      return settingsOf({
        scheme: 'mqtts',
        host,
        port: 8_883,
        version: '3.1.1',
        clientId: device,
        username: `${host}/${device}/?api-version=${azureVersion}`,
        signing: 'azureSas',
      })
    },
    filters: (values) => [`devices/${said(values, 'device')}/messages/devicebound/#`, '$iothub/methods/POST/#'],
  },
  // https://learn.microsoft.com/azure/event-grid/mqtt-client-authentication
  azureEventGrid: {
    fields: [
      { field: 'endpoint', example: 'my-namespace.westeurope-1.ts.eventgrid.azure.net' },
      { field: 'username', example: 'pump-1' },
      awsClient,
    ],
    settings: ({ endpoint = '', username = '', clientId }) =>
      settingsOf({ scheme: 'mqtts', host: endpoint, port: 8_883, version: '5', clientId, username: username.trim() }),
    filters: none,
  },
  hiveMqCloud: {
    fields: [
      { field: 'endpoint', example: '0123abcd.s1.eu.hivemq.cloud' },
      { field: 'username', example: 'pump' },
    ],
    settings: ({ endpoint = '', username = '' }) =>
      settingsOf({ scheme: 'mqtts', host: endpoint, port: 8_883, version: '5', username: username.trim() }),
    filters: none,
  },
  emqxCloud: {
    fields: [
      { field: 'endpoint', example: 'a1b2c3d4.ala.eu-central-1.emqxsl.com' },
      { field: 'username', example: 'pump' },
    ],
    settings: ({ endpoint = '', username = '' }) =>
      settingsOf({ scheme: 'mqtts', host: endpoint, port: 8_883, version: '5', username: username.trim() }),
    filters: none,
  },
  // https://www.thethingsindustries.com/docs/integrations/mqtt
  thingsStack: {
    fields: [
      { field: 'endpoint', example: 'eu1.cloud.thethings.network' },
      { field: 'application', example: 'my-sensors' },
      { field: 'tenant', example: 'ttn', isOptional: true },
    ],
    settings: (values) =>
      settingsOf({
        scheme: 'mqtts',
        host: said(values, 'endpoint'),
        port: 8_883,
        version: '3.1.1',
        username: thingsUser(values),
      }),
    filters: (values) => [`v3/${thingsUser(values)}/devices/+/up`],
  },
}

const thingsUser = (values: CloudValues): string => `${said(values, 'application')}@${said(values, 'tenant') || 'ttn'}`

/** Cloud services in the order in which they are offered. */
export const cloudPresets: readonly CloudPreset[] = cloudPresetIds.map((id) => ({ id, ...presets[id] }))

/** What a preset still lacks. */
export const missingFields = ({ fields }: CloudPreset, values: CloudValues): readonly CloudField[] =>
  fields.filter(({ field, isOptional }) => isOptional !== true && said(values, field) === '').map(({ field }) => field)
