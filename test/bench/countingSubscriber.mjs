// The yardstick: a bare mqtt.js subscriber that only counts. Tells its parent 'subscribed', then each 20 ms the count and
// when the first message and the one it was told to expect last came (ms since 1970; 0 = not yet), with its processor time so far in
// microseconds.
import process from 'node:process'
import mqtt from 'mqtt'

const expected = Number(process.argv[3])
const client = mqtt.connect(`mqtt://127.0.0.1:${process.argv[2]}`, { protocolVersion: 5 })
let count = 0
let firstAt = 0
let lastAt = 0
client.on('message', () => {
  count += 1
  if (count === 1) firstAt = Date.now()
  if (count === expected) lastAt = Date.now()
})
client.on('connect', () => client.subscribe('#', () => process.send?.({ subscribed: true })))

setInterval(() => {
  const { user, system } = process.cpuUsage()
  process.send?.({ count, firstAt, lastAt, microseconds: user + system })
}, 20)
process.on('disconnect', () => process.exit())
