// A publisher in a process of its own: a raw socket and packets encoded in advance, so that it is not the bottleneck.
// The parent sends { id, job } and gets { id, result } back.
import { connect } from 'node:net'
import process from 'node:process'

/**
 * @typedef {object} FloodJob
 * @property {'flood'} kind
 * @property {number} port
 * @property {number} rate messages a second; 0 = as fast as the broker takes them
 * @property {number} count messages in all
 * @property {string} topicPrefix topics are `prefix` + 0, 1, 2…
 * @property {number} topics how many
 * @property {number} payloadBytes at least 40
 * @property {boolean} [retain]
 * @property {string} [marked] a word put into every thousandth payload, for searches
 */
/**
 * @typedef {object} ProbeJob a message at a steady pace with the time of its sending
 * @property {'probe'} kind
 * @property {number} port
 * @property {string} topic
 * @property {number} hertz
 * @property {number} milliseconds
 */

const digits = 10

/** @param {number} length */
const remainingLength = (length) => {
  const bytes = []
  do {
    bytes.push((length & 0x7f) | (length > 0x7f ? 0x80 : 0))
    length >>= 7
  } while (length > 0)
  return Buffer.from(bytes)
}

/** @param {string} text */
const string = (text) => {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes])
}

/** MQTT 3.1.1 §3.1. @param {string} clientId */
const connectPacket = (clientId) => {
  const body = Buffer.concat([string('MQTT'), Buffer.from([4, 2, 0, 0]), string(clientId)])
  return Buffer.concat([Buffer.from([0x10]), remainingLength(body.length), body])
}

/** MQTT 3.1.1 §3.3, QoS 0. @param {string} topic @param {string} payload @param {boolean} retain */
const publishPacket = (topic, payload, retain) => {
  const body = Buffer.concat([string(topic), Buffer.from(payload)])
  return Buffer.concat([Buffer.from([retain ? 0x31 : 0x30]), remainingLength(body.length), body])
}

/** @param {number} port @returns {Promise<import('node:net').Socket>} */
const open = (port) =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    socket.once('error', reject)
    socket.once('data', () => resolve(socket))
    socket.write(connectPacket(`publisher-${process.pid}-${port}-${Math.random().toString(36).slice(2, 8)}`))
  })

/** @param {import('node:net').Socket} socket */
const close = (socket) =>
  new Promise((resolve) => {
    socket.once('close', resolve)
    socket.end(Buffer.from([0xe0, 0]))
    socket.resume()
  })

/** @param {import('node:net').Socket} socket */
const drained = (socket) => new Promise((resolve) => socket.once('drain', resolve))
/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** One packet a topic, one after the other, and where each begins and its number stands. @param {FloodJob} job */
const encode = ({ topicPrefix, topics, payloadBytes, retain = false, marked = '' }) => {
  const number = '0'.repeat(digits)
  const head = `{"sequence":"${number}","mark":"------","temperature":21.5,"unit":"C","note":"`
  const payload = `${head}${'x'.repeat(Math.max(0, payloadBytes - head.length - 2))}"}`
  const packets = Array.from({ length: topics }, (_, index) => publishPacket(`${topicPrefix}${index}`, payload, retain))
  const starts = [0]
  for (const packet of packets) starts.push((starts.at(-1) ?? 0) + packet.length)
  const numberOffset = payload.length - payload.indexOf(number)
  const markOffset = payload.length - payload.indexOf('------')
  return { bytes: Buffer.concat(packets), starts, numberOffset, markOffset, marked }
}

/** @param {ReturnType<typeof encode>} encoded @param {number} first @param {number} count */
const takeSome = ({ bytes, starts, numberOffset, markOffset, marked }, first, count) => {
  const topics = starts.length - 1
  const from = first % topics
  const end = Math.min(from + count, topics)
  const chunk = Buffer.from(bytes.subarray(starts[from], starts[end]))
  for (let topic = from; topic < end; topic++) {
    const packetEnd = (starts[topic + 1] ?? 0) - (starts[from] ?? 0)
    const sequence = first + topic - from
    for (let digit = 0, rest = sequence; digit < digits; digit++, rest = Math.floor(rest / 10))
      chunk[packetEnd - numberOffset + digits - 1 - digit] = 0x30 + (rest % 10)
    if (marked && sequence % 1_000 === 0) chunk.write(marked, packetEnd - markOffset, 6, 'latin1')
  }
  return { chunk, taken: end - from }
}

const largestChunk = 500
const mostBuffered = 256 * 1_024

/** @param {FloodJob} job */
const flood = async (job) => {
  const { port, rate, count } = job
  const encoded = encode(job)
  const socket = await open(port)
  const startedAtEpoch = Date.now()
  const startedAt = performance.now()
  let sent = 0
  while (sent < count) {
    const due = rate === 0 ? count : Math.floor(((performance.now() - startedAt) / 1_000) * rate)
    if (due <= sent) {
      await pause(2)
      continue
    }
    while (sent < Math.min(due, count)) {
      const { chunk, taken } = takeSome(encoded, sent, Math.min(largestChunk, due - sent, count - sent))
      sent += taken
      socket.write(chunk)
      if (socket.writableLength > mostBuffered) await drained(socket)
    }
  }
  await close(socket)
  return { sent, seconds: (performance.now() - startedAt) / 1_000, startedAt: startedAtEpoch }
}

/** @param {ProbeJob} job */
const probe = async ({ port, topic, hertz, milliseconds }) => {
  const socket = await open(port)
  const startedAt = Date.now()
  const endsAt = performance.now() + milliseconds
  let sent = 0
  while (performance.now() < endsAt) {
    socket.write(publishPacket(topic, `{"sentAt":${Date.now()}}`, false))
    sent += 1
    await pause(1_000 / hertz)
  }
  await close(socket)
  return { sent, seconds: milliseconds / 1_000, startedAt }
}

process.on('message', (/** @type {{ id: number, job: FloodJob | ProbeJob }} */ { id, job }) => {
  const done = job.kind === 'flood' ? flood(job) : probe(job)
  done.then(
    (result) => process.send?.({ id, result }),
    (error) => process.send?.({ id, error: String(error) }),
  )
})
