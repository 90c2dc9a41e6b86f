// The yardstick for what is sent: a bare mqtt.js publisher that does nothing else. Its parent sends how many messages at which QoS,
// and is told how many a second they were.
import process from 'node:process'
import mqtt from 'mqtt'

/** So many wait for their answer, as those of a sender do. */
const inFlight = 1_000
const payload = Buffer.alloc(150, 'a')
const client = mqtt.connect(`mqtt://127.0.0.1:${process.argv[2]}`, { protocolVersion: 5 })

/** @param {number} count @param {0 | 1 | 2} qos @returns {Promise<number>} */
const publishAll = (count, qos) =>
  new Promise((resolve) => {
    const startedAt = performance.now()
    let begun = 0
    let answered = 0
    const next = () => {
      if (begun === count) return
      begun += 1
      client.publish('bench/bare', payload, { qos }, () => {
        answered += 1
        if (answered === count) resolve((1_000 * count) / (performance.now() - startedAt))
        else next()
      })
    }
    for (let one = 0; one < inFlight; one++) next()
  })

client.once('connect', () => process.send?.({ isReady: true }))
process.on('message', (/** @type {{ count: number, qos: 0 | 1 | 2 }} */ { count, qos }) => {
  void publishAll(count, qos).then((perSecond) => process.send?.({ perSecond }))
})
process.on('disconnect', () => process.exit())
