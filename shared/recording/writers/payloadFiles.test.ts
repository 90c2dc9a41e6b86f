import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeFileName } from '#shared/text/safeFileName'
import { anyMessage } from '../recordingTesting'
import { createPayloadFiles, type PayloadFile } from './payloadFiles'

const [anyOne] = fc.sample(anyMessage, 1)
const onTopic = (topic: string, payload = new Uint8Array(0)) => {
  if (!anyOne) throw new Error('none')
  return { ...anyOne, topic, payload }
}
const encode = (text: string) => new TextEncoder().encode(text)
const lineOf = ({ manifest }: PayloadFile): Record<string, unknown> =>
  JSON.parse(new TextDecoder().decode(manifest)) as Record<string, unknown>

describe('payloads as files', () => {
  it('stand in a folder a topic, numbered, with what they look like', () => {
    const fileOf = createPayloadFiles()
    const names = [
      onTopic('plant/a', encode(' {"a":1}')),
      onTopic('plant/a', encode('21.5')),
      onTopic('plant/b', Uint8Array.of(0xff, 0)),
      onTopic('cam', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)),
      onTopic('plant/a'),
    ].map((message) => fileOf(message).name)
    expect(names).toEqual([
      'plant_a/0000001.json',
      'plant_a/0000002.txt',
      'plant_b/0000003.bin',
      'cam/0000004.jpg',
      'plant_a/0000005.bin',
    ])
  })

  it('the manifest has everything but the payload', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const file = createPayloadFiles()(message)
        const { topic, qos, payloadlen } = lineOf(file)
        expect(lineOf(file)).toMatchObject({ file: file.name })
        expect({ topic, qos, payloadlen }).toEqual({
          topic: message.topic,
          qos: message.qos,
          payloadlen: message.payload.length,
        })
        expect(file.bytes).toBe(message.payload)
      }),
    )
  })

  it.each([
    '../../etc/passwd',
    '..',
    'CON',
    'a/CON.txt',
    'a...',
    'a ',
    '/',
    '//',
    'C:\\x',
    'a\u202Efdp',
    'x/'.repeat(300),
    '🌡'.repeat(300),
  ])('no topic leads out of its folder: %s', (topic) => {
    const { name } = createPayloadFiles()(onTopic(topic))
    const parts = name.split('/')
    expect(parts).toHaveLength(2)
    expect(parts.map(safeFileName)).toEqual(parts)
    expect(name.length).toBeLessThan(140)
  })

  it('have names of their own where no system tells upper and lower case apart', () => {
    const fileOf = createPayloadFiles()
    const names = ['Plant/A', 'plant/a', 'PLANT/A', 'plant_a'].map((topic) => fileOf(onTopic(topic)).name.toLowerCase())
    expect(new Set(names).size).toBe(names.length)
  })
})
