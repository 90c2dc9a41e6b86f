// The yardstick: a bare mqtt.js subscriber that only counts. Tells its parent 'subscribed', then the count and when the
// first and the last message came (ms of this process's clock), each 100 ms.
import process from 'node:process'
import mqtt from 'mqtt'

const client = mqtt.connect(`mqtt://127.0.0.1:${process.argv[2]}`, { protocolVersion: 5 })
let count = 0
let firstAt = 0
let lastAt = 0
client.on('message', () => {
  count += 1
  if (count === 1) firstAt = performance.now()
})
client.on('connect', () => client.subscribe('#', () => process.send?.({ subscribed: true })))

let told = 0
setInterval(() => {
  if (count !== told) lastAt = performance.now()
  told = count
  process.send?.({ count, seconds: (lastAt - firstAt) / 1_000 })
}, 20)
process.on('disconnect', () => process.exit())
