// A bare mqtt.js client that answers the requests of a topic with their own payload. Tells its parent when it is subscribed.
import process from 'node:process'
import mqtt from 'mqtt'

const topic = process.argv[3] ?? ''
const client = mqtt.connect(`mqtt://127.0.0.1:${process.argv[2]}`, { protocolVersion: 5 })
client.on('message', (_topic, payload, { properties }) => {
  const { responseTopic, correlationData } = properties ?? {}
  if (responseTopic && correlationData) client.publish(responseTopic, payload, { properties: { correlationData } })
})
client.on('connect', () => client.subscribe(topic, () => process.send?.({ subscribed: true })))
process.on('disconnect', () => process.exit())
