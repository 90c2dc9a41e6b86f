import { deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { parseHex } from '#shared/mqtt/payloadText'
import { rebirthCommand } from './rebirthCommand'
import { createSparkplugNetwork } from './sparkplugNetwork'
import { bdSeqMetric, createSparkplugLife, sparkplugBytes } from './sparkplugTesting'

const begin = () => {
  const network = createSparkplugNetwork()
  const send = createSparkplugLife(network.take)
  const told = () => network.problems().map(({ kind, detail }) => (detail === '' ? kind : `${kind} ${detail}`))
  const node = () => {
    const found = network.nodeOf('Plant', 'Edge')
    if (!found) throw new Error('No edge node was heard of.')
    return found
  }
  return { network, send, told, node }
}

const temperature = { name: 'Temperature', alias: 1, dataType: 'Float', value: 23.5 }
const birth = (bdSeq = 7) => ({ timestamp: 5, metrics: [bdSeqMetric(bdSeq), temperature], seq: 0 })
/** Aliases alone: types come from the birth, but the writer wants one. */
const data = (seq: number, value: number, alias = 1) => ({
  timestamp: 6,
  metrics: [{ alias, dataType: 'Float', value }],
  seq,
})
const death = (bdSeq: number) => ({ timestamp: 5, metrics: [bdSeqMetric(bdSeq)] })
const motor = { name: 'rpm', alias: 9, dataType: 'Int32', value: 5 }

describe('the life of an edge node', () => {
  it('goes from birth over data and devices to its death', () => {
    const { send, told, node } = begin()
    send('NBIRTH', birth())
    send('DBIRTH', { metrics: [motor], seq: 1 }, { device: 'Motor' })
    send('NDATA', data(2, -4))
    send('DDATA', { metrics: [{ alias: 9, dataType: 'Int32', value: -7 }], seq: 3 }, { device: 'Motor' })
    expect(node()).toMatchObject({ status: 'online', births: 1, bdSeq: '7', needsBirth: false })
    expect(node().lastSequence()).toBe(3)
    expect(node().metrics.get('name Temperature')).toMatchObject({ value: '-4.0', sentAt: 6, alias: '1', sequence: 3 })
    expect(node().devices.get('Motor')?.metrics.get('name rpm')?.value).toBe('-7')
    send('DDEATH', { seq: 4 }, { device: 'Motor' })
    expect(node().devices.get('Motor')?.status).toBe('offline')
    send('NDEATH', death(7))
    expect(node().status).toBe('offline')
    expect(told()).toEqual([])
  })

  it('names a birth that was lost, until the node is born anew because it was asked', () => {
    const { network, send, told, node } = begin()
    send('NDATA', data(12, 1))
    expect(node()).toMatchObject({ status: 'stale', needsBirth: true })
    expect(told()).toEqual(['dataBeforeBirth', 'unknownAlias 1'])
    const { topic, payload } = rebirthCommand({ group: 'Plant', node: 'Edge' }, 5)
    network.take({ topic, payload, at: 9_000, sequence: 20, isOutgoing: true })
    expect(node()).toMatchObject({ rebirthAskedAt: 9_000, rebirthAnsweredAt: null })
    send('NBIRTH', birth(), { at: 9_500 })
    expect(node()).toMatchObject({ status: 'online', rebirthAnsweredAt: 9_500, needsBirth: false })
    send('NDATA', data(1, 2))
    expect(told()).toHaveLength(2)
  })

  it('names the numbers that are missing, and those that come late or again', () => {
    const { send, told, node } = begin()
    send('NBIRTH', birth())
    send('NDATA', data(4, 1))
    send('NDATA', data(2, 1))
    send('NDATA', data(2, 1))
    expect(told()).toEqual(['gap 1–3', 'outOfOrder 2', 'sequenceAgain 2'])
    expect(node().lastSequence()).toBe(4)
    expect(node().needsBirth).toBe(true)
  })

  it('begins with 0 again after 255', () => {
    const { send, told } = begin()
    send('NBIRTH', birth())
    for (let seq = 1; seq < 600; seq++) send('NDATA', data(seq % 256, 1))
    expect(told()).toEqual([])
  })

  it('blames no node for what was missed here', () => {
    const { network, send, told } = begin()
    send('NBIRTH', birth())
    network.interrupt()
    send('NDATA', data(200, 1))
    send('NDATA', data(202, 1))
    expect(told()).toEqual(['gap 201'])
  })

  it('lets a death of an earlier session end nothing', () => {
    const { send, told, node } = begin()
    send('NBIRTH', birth(7))
    send('NBIRTH', birth(8))
    send('NDEATH', death(7))
    expect(node().status).toBe('online')
    expect(told()).toEqual(['oldDeath 7'])
    send('NDEATH', death(8))
    expect(node().status).toBe('offline')
    send('NDATA', data(1, 5))
    send('NBIRTH', birth(8))
    expect(told()).toEqual(['oldDeath 7', 'dataAfterDeath', 'bdSeqAgain 8'])
  })

  it('has devices that are born behind their node, again with each of its births', () => {
    const { send, told, node } = begin()
    send('NBIRTH', birth())
    send('DDATA', { metrics: [{ alias: 9, dataType: 'Int32', value: 1 }], seq: 1 }, { device: 'Motor' })
    expect(told()).toEqual(['deviceBeforeBirth', 'unknownAlias 9'])
    send('DBIRTH', { metrics: [motor], seq: 2 }, { device: 'Motor' })
    send('NBIRTH', birth())
    expect(node().devices.get('Motor')?.status).toBe('stale')
  })

  it('keeps the latest value where historical ones come', () => {
    const { send, node } = begin()
    send('NBIRTH', birth())
    send('NDATA', { metrics: [{ alias: 1, dataType: 'Float', value: 1, isHistorical: true }], seq: 1 })
    expect(node().metrics.get('name Temperature')).toMatchObject({ value: '23.5', historical: 1 })
    send('NDATA', { metrics: [{ alias: 1, dataType: 'Float', value: null, isTransient: true }], seq: 2 })
    expect(node().metrics.get('name Temperature')).toMatchObject({ value: 'null', isNull: true, isTransient: true })
  })

  it('names aliases that are given twice, births that begin elsewhere, and what is retained', () => {
    const { send, told } = begin()
    send('NBIRTH', { metrics: [temperature], seq: 3 }, { isRetained: true })
    send('DBIRTH', { metrics: [{ ...motor, alias: 1 }], seq: 4 }, { device: 'Motor' })
    expect(told()).toEqual(['retained', 'birthWithoutBdSeq', 'birthNotZero 3', 'aliasTwice 1'])
  })

  it('counts what is told again instead of telling it again', () => {
    const { network, send } = begin()
    send('NBIRTH', birth())
    for (let seq = 1; seq < 6; seq++) send('NDATA', data(seq, 1, 77))
    expect(network.problems()).toMatchObject([{ kind: 'unknownAlias', detail: '77', count: 5, sequence: 6 }])
  })

  it('says what of it could not be read', () => {
    const { network, send, told } = begin()
    send('NBIRTH', birth())
    network.take({
      topic: 'spBv1.0/Plant/NDATA/Edge',
      payload: Uint8Array.of(0x12, 0x7f),
      at: 1,
      sequence: 2,
    })
    send('NDATA', data(2, 1), { isHead: true })
    send('NDATA', data(3, 1))
    expect(told()).toEqual(['unreadable cutShort (2)', 'notRead', 'gapWhileAway 1–2'])
  })

  it('reads the metrics of a compressed payload, and says where it cannot', () => {
    const { network, node, send, told } = begin()
    send('NBIRTH', birth())
    const uuid = 'SPBV1.0_COMPRESSED'
    const algorithm = (value: string) => ({ name: 'algorithm', dataType: 'String', value })
    const body = (bytes: Uint8Array) => ({ $hex: Buffer.from(bytes).toString('hex') })
    const inner = sparkplugBytes(data(1, 42))
    send('NDATA', { seq: 1, uuid, body: body(gzipSync(inner)), metrics: [algorithm('GZIP')] })
    expect(node().metrics.get('name Temperature')?.value).toBe('42.0')
    send('NDATA', {
      seq: 2,
      uuid,
      body: body(deflateSync(sparkplugBytes(data(1, 43)))),
      metrics: [algorithm('DEFLATE')],
    })
    expect(node().metrics.get('name Temperature')?.value).toBe('43.0')
    send('NDATA', { seq: 3, uuid, body: body(Uint8Array.of(0)), metrics: [] })
    expect(told()).toEqual(['unreadable'])
    expect(network.nodeOf('Plant', 'Edge')?.lastSequence()).toBe(3)
  })

  it('reads data by the types of the birth, and units of its properties', () => {
    const { network, node } = begin()
    const take = (kind: string, hex: string, sequence: number) => {
      const parsed = parseHex(hex)
      if (!parsed.ok) throw new Error(hex)
      network.take({ topic: `spBv1.0/Plant/${kind}/Edge`, payload: parsed.bytes, at: 1, sequence })
    }
    take('NBIRTH', sampleBirth, 1)
    take('NDATA', sampleData, 2)
    expect(node().metrics.get('name Temperature')).toMatchObject({ value: '23.5', type: 'Float', unit: '°C' })
    expect(node().metrics.get('name Offset')).toMatchObject({ value: '-43', type: 'Int32', sequence: 2 })
  })
})

/** bdSeq 7, a temperature with properties, and a signed integer. */
const sampleBirth =
  '12120a05626453657118a0a3ffecb83320085807' +
  '12530a0b54656d7065726174757265100118a0a3ffecb83320094a340a07656e67556e69740a07656e67486967680a075175616c697479' +
  '1207080c4203c2b043120708092d0000c8421205080318c001650000bc41' +
  '12190a064f6666736574100318a0a3ffecb833200350d6ffffff0f1800'
/** Of the alias 3, without a data type. */
const sampleData = '1208100350d5ffffff0f1801'

describe('hosts', () => {
  it('say their state as 3.0 and as 2.2 have it', () => {
    const { network, told } = begin()
    const state = (topic: string, text: string) =>
      network.take({ topic, payload: encodeUtf8(text), at: 3, sequence: 1 })
    state('spBv1.0/STATE/scada', '{"online":true,"timestamp":1767607620000}')
    state('STATE/old', 'OFFLINE')
    state('STATE/bad', 'maybe')
    expect(network.hosts()).toMatchObject([
      { name: 'scada', isOnline: true, sentAt: 1767607620000 },
      { name: 'old', isOnline: false, sentAt: null },
    ])
    expect(told()).toEqual(['badState'])
  })
})

const kinds = ['NBIRTH', 'NDEATH', 'NDATA', 'NCMD', 'DBIRTH', 'DDEATH', 'DDATA', 'DCMD']
const anyMessage = fc.record({
  kind: fc.constantFrom(...kinds),
  node: fc.constantFrom('A', 'B'),
  seq: fc.nat(300),
  alias: fc.nat(3),
  isNamed: fc.boolean(),
  bytes: fc.option(fc.uint8Array({ maxLength: 30 })),
  isRetained: fc.boolean(),
  isHead: fc.boolean(),
})

describe('any messages in any order', () => {
  it('are taken without an exception, and no alias is resolved by the birth of another node', () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 40 }), (messages) => {
        const network = createSparkplugNetwork()
        messages.forEach(({ kind, node, seq, alias, isNamed, bytes, ...flags }, sequence) => {
          const metric = { ...(isNamed ? { name: `${node} ${alias}` } : {}), alias, dataType: 'Int32', value: 1 }
          const payload = bytes ?? sparkplugBytes({ metrics: [bdSeqMetric(seq % 3), metric], seq })
          const topic = `spBv1.0/G/${kind}/${node}${kind.startsWith('D') ? '/d' : ''}`
          network.take({ topic, payload, at: sequence, sequence, ...flags })
        })
        for (const node of network.nodes())
          for (const source of [node, ...node.devices.values()]) {
            for (const { name } of source.aliases.values()) if (/^[AB] /.test(name)) expect(name[0]).toBe(node.name)
            for (const { name } of source.metrics.values())
              if (name !== null && /^[AB] \d$/.test(name)) expect(name[0]).toBe(node.name)
          }
      }),
      { numRuns: 2_000, seed: 1 },
    )
  })
})
