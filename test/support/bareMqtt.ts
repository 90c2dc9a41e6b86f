import { connect } from 'node:net'

const stringBytes = (text: string) => {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes])
}

const packet = (firstByte: number, body: Buffer) => {
  const length = body.length < 128 ? [body.length] : [(body.length & 0x7f) | 0x80, body.length >> 7]
  return Buffer.concat([Buffer.from([firstByte, ...length]), body])
}

/** Publishes at QoS 0 over one bare connection: a client for each of twenty thousand messages would take minutes. */
export const publishFlood = (port: number, topic: string, payloads: readonly (string | Uint8Array)[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', reject)
    const connectBody = Buffer.concat([stringBytes('MQTT'), Buffer.from([4, 2, 0, 60]), stringBytes(`flood ${topic}`)])
    socket.write(packet(0x10, connectBody))
    socket.once('data', () => {
      const topicBytes = stringBytes(topic)
      for (const payload of payloads) socket.write(packet(0x30, Buffer.concat([topicBytes, Buffer.from(payload)])))
      socket.end(Buffer.from([0xe0, 0]), () => resolve())
    })
  })
