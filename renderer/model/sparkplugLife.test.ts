import { expect, it } from 'vitest'
import { flags } from '#shared/model/frame'
import { createLocalPort } from './logSearch/localPort'
import { createConnectionModels } from './connectionModel'
import { frameOfMessages } from './messageLog/messageLogTesting'
import { sparkplugSamples } from './sparkplugSamplesTesting'

const samples = Object.entries(sparkplugSamples).map(([name, hex]) => [name, Uint8Array.from(Buffer.from(hex, 'hex'))])
const payloadOf = Object.fromEntries(samples) as Readonly<Record<keyof typeof sparkplugSamples, Uint8Array>>

const topics = ['NDEATH', 'NBIRTH', 'NDATA', 'NCMD'].map((kind) => `spBv1.0/Plant A/${kind}/Edge 1`)
const deviceTopics = ['DBIRTH', 'DDATA', 'DDEATH'].map((kind) => `spBv1.0/Plant A/${kind}/Edge 1/Pump 1`)
const newTopics = [...topics, ...deviceTopics, 'spBv1.0/STATE/scada', 'STATE/old']
const idOf = (kind: string) => newTopics.findIndex((topic) => topic.includes(`/${kind}/`))

/** A connection to which the life is told, a message a frame. */
const begin = () => {
  const model = createConnectionModels({ bytes: 2 ** 22, rows: null }, createLocalPort()).create()
  let sequence = 0
  const receive = (topicId: number, payload: Uint8Array | string, bits = 0) => {
    sequence += 1
    const names = sequence === 1 ? { firstTopicId: 0, newTopics, firstMatchSetId: 0, newMatchSets: [[]] } : {}
    model.apply(frameOfMessages(sequence, [{ topicId, payload, flags: bits }], names))
  }
  const { network } = model.sparkplug
  return {
    network,
    receive: (kind: string, name: keyof typeof sparkplugSamples, bits = 0) =>
      receive(idOf(kind), payloadOf[name], bits),
    receiveState: (topic: string, text: string) => receive(newTopics.indexOf(topic), text),
    node: () => network.nodeOf('Plant A', 'Edge 1'),
    metric: (name: string) => {
      const found = [...(network.nodeOf('Plant A', 'Edge 1')?.metrics.values() ?? [])].find((one) => one.name === name)
      if (!found) throw new Error(`There is no metric ${name}.`)
      return found
    },
    told: () => network.problems().map(({ kind, detail }) => [kind, detail]),
  }
}

it('has every value of a birth by its data type, those of data sets, templates and property sets too', () => {
  const { receive, metric } = begin()
  receive('NBIRTH', 'birth')
  const values = ['Temperature', 'Counter', 'Offset', 'Small', 'State 狀態', 'Started', 'Missing', 'Blob', 'Array'].map(
    (name) => [metric(name).type, metric(name).value],
  )
  expect(values).toEqual([
    ['Float', '23.5'],
    ['Int64', '9007199254740993'],
    ['Int32', '-42'],
    ['Int8', '-1'],
    ['String', '"läuft"'],
    ['DateTime', '"2026-01-05T10:07:00.000Z"'],
    ['Double', 'null'],
    ['Bytes', '{"$hex":"0001fffe"}'],
    ['Int32Array', '[1,-2]'],
  ])
  expect(metric('BoolArray').value).toBe('[true,false,true,true,false,false,false,false,false,true]')
  expect(metric('Missing').isNull).toBe(true)
  expect(metric('Temperature').unit).toBe('°C')
  expect(metric('Table').type).toBe('DataSet')
  expect(JSON.parse(metric('Table').value)).toEqual({
    columns: ['Name', 'Value', 'Ok'],
    num_of_columns: 3,
    rows: [
      ['a', 1.5, true],
      ['b', -2.25, false],
    ],
    types: ['String', 'Double', 'Boolean'],
  })
  expect(JSON.parse(metric('Motor 1').value)).toEqual({
    isDefinition: false,
    metrics: [
      {
        datatype: 'Int32',
        name: 'RPM',
        value: 1450,
      },
      {
        datatype: 'Float',
        name: 'Amps',
        value: 3.25,
      },
    ],
    templateRef: 'Motor',
    version: '1.0',
  })
})

it('follows the life: data by alias, a device, what is missing, the command for a birth, deaths', () => {
  const { network, receive, receiveState, node, metric, told } = begin()
  receive('NBIRTH', 'birth')
  expect(node()?.status).toBe('online')
  receive('NDATA', 'data')
  expect([metric('Temperature').value, metric('Counter').value]).toEqual(['24.25', '9007199254740995'])
  // A historical value is counted, and the latest stays.
  expect([metric('Offset').value, metric('Offset').historical]).toEqual(['-42', 1])
  receive('DBIRTH', 'deviceBirth')
  receive('DDATA', 'deviceDataAfterGap')
  const flow = () => [...(node()?.devices.get('Pump 1')?.metrics.values() ?? [])].find(({ name }) => name === 'Flow')
  expect(flow()?.value).toBe('1.5')
  expect(told()).toEqual([['gap', '3–4']])
  receive('NCMD', 'rebirth', flags.outgoing)
  expect(node()?.rebirthAskedAt).not.toBeNull()
  receive('DDEATH', 'deviceDeath')
  expect(node()?.devices.get('Pump 1')?.status).toBe('offline')
  receive('NDATA', 'compressedData')
  expect(metric('Temperature').value).toBe('23.5')
  receiveState('spBv1.0/STATE/scada', '{"online":true,"timestamp":1767607620000}')
  receiveState('STATE/old', 'ONLINE')
  expect(network.hosts().map(({ name, isOnline }) => [name, isOnline])).toEqual([
    ['scada', true],
    ['old', true],
  ])
  receive('NDEATH', 'death')
  expect(node()?.status).toBe('offline')
})
