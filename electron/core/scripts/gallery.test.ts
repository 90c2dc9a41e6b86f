import { describe, expect, it } from 'vitest'
import { scriptGallery, type GalleryId } from '#shared/scripts/gallery'
import { levelsMatchText, levelsOf, topicFilterProblem } from '#shared/mqtt/topicFilter'
import { scriptSchema } from '#shared/model/script'
import { outputsOf } from './scriptOutputs'
import { openScriptThread } from './scriptThread'

/** What each example makes of its message: topics with payloads as text, or in hex where it is no text. */
const results: Readonly<Record<GalleryId, readonly (string | RegExp)[]>> = {
  celsius: ['sensors/attic/temperature/celsius 22.5'],
  split: ['items/line1/1 {"id":7,"ok":true}', 'items/line1/2 {"id":8,"ok":false}'],
  echo: ['echo/response hello', 'echo/response hello'],
  crc16: ['modbus/1/frame 01030000000ac5cd'],
  base64: ['gateway/7/rx/decoded 010203ff'],
  homeAssistant: [
    /^homeassistant\/sensor\/a1\/flow\/config \{"name":"flow","unique_id":"a1_flow",.*"l\/min"/,
    /^homeassistant\/sensor\/a1\/supply\/config .*"value_template":"\{\{ value_json\.supply \}\}".*"°C"/,
  ],
  everyTenth: ['slow/pump/rpm 1480', 'slow/pump/rpm 1480'],
  meanOfTen: [
    'meter/3/power/mean {"mean":105.5,"least":101,"most":110}',
    'meter/3/power/mean {"mean":115.5,"least":111,"most":120}',
  ],
  binary: ['json/roof {"station":7,"temperature":-2,"at":"2024-01-01T00:00:00.000Z","pressure":1013}'],
  device: [1, 2, 3].map((n) => new RegExp(`^simulated/${n}/telemetry \\{"temperature":-?[\\d.]+,"at":"20`)),
}

const shown = (payload: Uint8Array) => {
  const bytes = Buffer.from(payload)
  return /^[\x20-\x7e°]*$/.test(bytes.toString()) ? bytes.toString() : bytes.toString('hex')
}

describe.each(scriptGallery)('the example $id', ({ id, filter, text, example }) => {
  it('makes what it says of its message', async () => {
    const thread = await openScriptThread(text)
    const payload = Buffer.from(
      example.payload.replaceAll(example.isHex ? ' ' : '\0', ''),
      example.isHex ? 'hex' : 'utf8',
    )
    const input = { topic: example.topic, payload, qos: 0, retain: false, properties: {}, connection: 'c' }
    const made: string[] = []
    for (let n = 1; n <= example.calls; n++) {
      const outcome = await thread.call({ ...input, n })
      expect(outcome.error).toBeNull()
      const outputs = outputsOf(outcome.made)
      if (!outputs.ok) throw new Error(outputs.error.message)
      made.push(...outputs.value.map((output) => `${output.topic} ${shown(output.payload)}`))
    }
    thread.close()
    expect(made).toHaveLength(results[id].length)
    results[id].forEach((result, place) =>
      result instanceof RegExp ? expect(made[place]).toMatch(result) : expect(made[place]).toBe(result),
    )
  })

  it('runs under a filter that its example matches, and is kept as any other', () => {
    expect(topicFilterProblem(filter)).toBeNull()
    expect(levelsMatchText(levelsOf(filter), example.topic)).toBe(true)
    expect(scriptSchema.safeParse({ id, name: id, text, filter, perSecond: 100 }).success).toBe(true)
  })
})
