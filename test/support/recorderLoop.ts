import { newEntry } from '../../electron/core/broker/message/topicTable'
import { startRecorder, type Recorder } from '../../electron/core/recordings/recorder'
import { wireMessageOf } from '../../electron/core/recordings/recordedWire'

/**
 * A process that records numbered messages without an end, for tests that kill it or let its disk fill. It says its status as a line of
 * JSON whenever that changes, and ends the recording when it is told anything. Its argument: the file.
 */
const [, , path = ''] = process.argv
const topic = newEntry(1, 't')
const marks = { kind: 'own', matchSetId: 0, flags: 0 } as const

const message = (number: number) => {
  const payload = Buffer.from(`${number} ${'x'.repeat(60)}`)
  const recorded = { time: 0n, topic: 't', payload, qos: 1, retain: false, dup: false, direction: 'in' } as const
  return wireMessageOf({ ...recorded, connection: null, packetId: 1, properties: {} }, { topic, time: Date.now() })
}

const record = (recorder: Recorder) => {
  let next = 0
  const timer = setInterval(() => {
    for (let count = 0; count < 50; count += 1) recorder.note(message(next++), marks)
  }, 5)
  process.stdin.once('data', () => {
    clearInterval(timer)
    void recorder.end('stopped').then(() => process.stdin.destroy())
  })
}

void startRecorder({
  connectionId: 'c',
  connectionName: 'Plant',
  path,
  now: Date.now,
  onChange: (status) => void process.stdout.write(`${JSON.stringify(status)}\n`),
}).then((started) => {
  if (started.ok) record(started.value)
})
