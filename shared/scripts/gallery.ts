/** A script to begin with, and a message to try it with. Its name and what it does are words: `scripts.gallery.<id>`. */
export interface GalleryScript {
  readonly id: GalleryId
  readonly filter: string
  readonly text: string
  readonly example: {
    readonly topic: string
    /** As text, or in hex pairs where it is no text. */
    readonly payload: string
    readonly isHex?: boolean
    /** So often it is called in turn. */
    readonly calls: number
  }
}

export type GalleryId =
  | 'celsius'
  | 'split'
  | 'echo'
  | 'crc16'
  | 'base64'
  | 'homeAssistant'
  | 'everyTenth'
  | 'meanOfTen'
  | 'binary'
  | 'device'

/** Ten examples, of which each shows something that templates cannot do. */
export const scriptGallery: readonly GalleryScript[] = [
  {
    id: 'celsius',
    filter: 'sensors/+/temperature',
    text: `// 72.5 on sensors/attic/temperature becomes 22.5 on sensors/attic/temperature/celsius.
function onMessage(message) {
  const fahrenheit = Number(message.payload)
  if (Number.isNaN(fahrenheit)) return
  const celsius = Math.round(((fahrenheit - 32) * 5 / 9) * 10) / 10
  return { topic: message.topic + '/celsius', payload: String(celsius) }
}
`,
    example: { topic: 'sensors/attic/temperature', payload: '72.5', calls: 1 },
  },
  {
    id: 'split',
    filter: 'batch/+',
    text: `// An array becomes a message for each of its items, on the topic of the batch and the item's place.
function onMessage(message) {
  const name = message.topic.split('/').pop()
  return message.json.map((item, index) => ({ topic: 'items/' + name + '/' + (index + 1), payload: item, qos: 1 }))
}
`,
    example: { topic: 'batch/line1', payload: '[{"id":7,"ok":true},{"id":8,"ok":false}]', calls: 1 },
  },
  {
    id: 'echo',
    filter: 'echo/request',
    text: `// Answers with the same bytes, the number of the message and the milliseconds since the one before.
function onMessage(message, state) {
  const now = Date.now()
  const delay = state.last === undefined ? 0 : now - state.last
  state.last = now
  return {
    topic: message.properties.responseTopic ?? 'echo/response',
    payload: message.bytes,
    properties: {
      correlationData: message.properties.correlationData,
      userProperties: { count: String(message.n), delay: String(delay) },
    },
  }
}
`,
    example: { topic: 'echo/request', payload: 'hello', calls: 2 },
  },
  {
    id: 'crc16',
    filter: 'modbus/+/request',
    text: `// Puts the checksum of Modbus (CRC-16, low byte first) behind the bytes of a frame.
function crc16(bytes) {
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
  }
  return crc
}

function onMessage(message) {
  const crc = crc16(message.bytes)
  const frame = new Uint8Array(message.bytes.length + 2)
  frame.set(message.bytes)
  frame.set([crc & 0xff, crc >> 8], message.bytes.length)
  return { topic: message.topic.replace('/request', '/frame'), payload: frame }
}
`,
    example: { topic: 'modbus/1/request', payload: '01 03 00 00 00 0A', isHex: true, calls: 1 },
  },
  {
    id: 'base64',
    filter: 'gateway/+/rx',
    text: `// Publishes the bytes that stand as Base64 in the field "data", as a LoRaWAN gateway has them.
function onMessage(message) {
  const bytes = Uint8Array.from(atob(message.json.data), (character) => character.charCodeAt(0))
  return { topic: message.topic + '/decoded', payload: bytes, retain: message.retain }
}
`,
    example: { topic: 'gateway/7/rx', payload: '{"port":2,"data":"AQID/w=="}', calls: 1 },
  },
  {
    id: 'homeAssistant',
    filter: 'devices/+/info',
    text: `// Tells Home Assistant of the sensors of a device: a retained discovery message for each.
function onMessage(message) {
  const { id, name, sensors } = message.json
  return sensors.map(({ key, unit }) => ({
    topic: 'homeassistant/sensor/' + id + '/' + key + '/config',
    payload: {
      name: key,
      unique_id: id + '_' + key,
      state_topic: 'devices/' + id + '/state',
      value_template: '{{ value_json.' + key + ' }}',
      unit_of_measurement: unit,
      device: { identifiers: [id], name },
    },
    qos: 1,
    retain: true,
  }))
}
`,
    example: {
      topic: 'devices/a1/info',
      payload: '{"id":"a1","name":"Boiler","sensors":[{"key":"flow","unit":"l/min"},{"key":"supply","unit":"°C"}]}',
      calls: 1,
    },
  },
  {
    id: 'everyTenth',
    filter: 'fast/#',
    text: `// Passes on every tenth message of each topic.
function onMessage(message, state) {
  const count = (state[message.topic] ?? 0) + 1
  state[message.topic] = count % 10
  if (count % 10 === 0) return { topic: 'slow/' + message.topic.slice('fast/'.length), payload: message.bytes }
}
`,
    example: { topic: 'fast/pump/rpm', payload: '1480', calls: 25 },
  },
  {
    id: 'meanOfTen',
    filter: 'meter/+/power',
    text: `// Publishes mean, least and most of ten values as soon as there are ten.
const values = new Map()

function onMessage(message) {
  const list = values.get(message.topic) ?? []
  list.push(Number(message.payload) + message.n)
  values.set(message.topic, list)
  if (list.length < 10) return
  values.delete(message.topic)
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length
  return { topic: message.topic + '/mean', payload: { mean, least: Math.min(...list), most: Math.max(...list) } }
}
`,
    example: { topic: 'meter/3/power', payload: '100', calls: 20 },
  },
  {
    id: 'binary',
    filter: 'binary/+',
    text: `// Reads a struct: station (2 bytes), temperature in hundredths (2, signed), seconds (4), pressure (4, float); big endian.
function onMessage(message) {
  const view = new DataView(message.bytes.buffer)
  if (view.byteLength !== 12) throw new Error('12 bytes were expected, ' + view.byteLength + ' came.')
  return {
    topic: 'json/' + message.topic.split('/')[1],
    payload: {
      station: view.getUint16(0),
      temperature: view.getInt16(2) / 100,
      at: new Date(view.getUint32(4) * 1000).toISOString(),
      pressure: view.getFloat32(8),
    },
  }
}
`,
    example: { topic: 'binary/roof', payload: '00 07 FF 38 65 92 00 80 44 7D 40 00', isHex: true, calls: 1 },
  },
  {
    id: 'device',
    filter: 'simulation/tick',
    text: `// A device with noise: a daily curve, a random walk and, now and then, a value that is wrong.
// As the source of a sender, message.n is the device and message.i its message.
function onMessage(message, state) {
  const device = (state[message.n] ??= { drift: 0 })
  device.drift += (Math.random() - 0.5) * 0.1
  const day = Math.sin((Date.now() / 86_400_000) * 2 * Math.PI) * 4
  const isWrong = Math.random() < 0.01
  const temperature = isWrong ? -127 : Math.round((20 + day + device.drift) * 100) / 100
  console.log('device', message.n, temperature)
  return { topic: 'simulated/' + message.n + '/telemetry', payload: { temperature, at: new Date().toISOString() } }
}
`,
    example: { topic: 'simulation/tick', payload: '', calls: 3 },
  },
]
