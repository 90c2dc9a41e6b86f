import { parseBase64 } from '#shared/mqtt/payloadText'
import type { Scheme } from '#shared/model/profile'
import type { PayloadFormat } from '#shared/model/publish'
import type { ProtocolVersion } from '#shared/model/qos'
import type { WillFormat } from '#shared/model/will'
import type { Fields } from './fields'
import type { ForeignCertificate, ForeignWill } from './foreignConnection'

/** The scheme of a connection whose tool has the transport and TLS apart. */
export const schemeOf = (isWebSocket: boolean, isSecure: boolean): Scheme =>
  isWebSocket ? (isSecure ? 'wss' : 'ws') : isSecure ? 'mqtts' : 'mqtt'

const schemes: Readonly<Record<string, Scheme>> = {
  mqtt: 'mqtt',
  tcp: 'mqtt',
  mqtts: 'mqtts',
  ssl: 'mqtts',
  tls: 'mqtts',
  ws: 'ws',
  wss: 'wss',
  wxs: 'wss',
}
/** By the names that tools have for them; undefined = none of them. */
export const namedScheme = (name: string): Scheme | undefined => {
  const plain = name.toLowerCase().replace(/:\/\/$/, '')
  return Object.hasOwn(schemes, plain) ? schemes[plain] : undefined
}

const versions: Readonly<Record<string, ProtocolVersion>> = {
  '3': '3.1',
  '3.1': '3.1',
  '31': '3.1',
  MQTT_3_1: '3.1',
  '4': '3.1.1',
  '3.1.1': '3.1.1',
  '311': '3.1.1',
  MQTT_3_1_1: '3.1.1',
  '5': '5',
  '5.0': '5',
  MQTT_5: '5',
  MQTT_5_0: '5',
}
/** By the number in CONNECT, or by its name; undefined = none of them. */
export const namedVersion = (name: string): ProtocolVersion | undefined =>
  Object.hasOwn(versions, name) ? versions[name] : undefined

const formats: Readonly<Record<string, WillFormat & PayloadFormat>> = {
  '1': 'json',
  '2': 'base64',
  '3': 'hex',
  json: 'json',
  base64: 'base64',
  hex: 'hex',
}
/** How a payload is written, by the names that tools have for it; undefined = as text, or as nothing that is known. */
export const namedFormat = (name: string): (WillFormat & PayloadFormat) | undefined => {
  const plain = name.toLowerCase()
  return Object.hasOwn(formats, plain) ? formats[plain] : undefined
}

/** A will by the names of its fields; null = there is none. */
export const willFrom = (fields: Fields, names: Readonly<Record<'topic' | 'payload' | 'qos' | 'retain', string>>) => {
  const will: ForeignWill = {
    topic: fields.text(names.topic),
    payload: fields.text(names.payload),
    qos: fields.number(names.qos),
    retain: fields.flag(names.retain),
  }
  return will.topic === '' ? null : will
}

/** Base64, or PEM as it is; null = neither. */
export const certificateFrom = (
  field: ForeignCertificate['field'],
  name: string,
  data: string,
): ForeignCertificate | null => {
  if (data.includes('-----BEGIN ')) return { field, name, bytes: asciiBytes(data) }
  const parsed = data.trim() === '' ? null : parseBase64(data)
  return parsed?.ok ? { field, name, bytes: parsed.bytes } : null
}

const asciiBytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0) & 255)
