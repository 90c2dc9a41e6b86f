import { expect, it } from 'vitest'
import { waitFor } from '../support/waitFor'
import { createStarter, publishTo, subscribed, testProfile } from './sessionHarness'

const { startedBroker, startedHarness } = createStarter()

it.each(['3.1.1', '5'] as const)(
  'tells every control packet of a connection once (MQTT %s)',
  async (protocolVersion) => {
    const broker = await startedBroker()
    const lines: string[] = []
    const harness = startedHarness({ debug: (line) => lines.push(line) })
    const subscriptions = [subscribed('plant/#')]
    const profile = testProfile({
      port: broker.port(),
      protocolVersion,
      subscriptions,
      username: 'ann',
      usePassword: true,
    })
    await harness.connect(profile, { password: 'geheim' })
    await harness.granted(profile)
    await harness.registry.publish(publishTo(profile, { topic: 'plant/a', payload: Buffer.from('geheim'), qos: 2 }))
    await harness.received(profile, 1)
    await waitFor('the last PUBCOMP', () => lines.some((line) => line.includes('sent PUBCOMP')))
    await harness.registry.disconnect(profile.id)

    const told = lines.map((line) => line.replace(`Connection ${profile.id}: `, '').replace(/ id \d+/, ''))
    const kinds = told.map((line) => line.split(' ').slice(0, 2).join(' '))
    expect(kinds.slice(0, 4)).toEqual(['sent CONNECT,', 'received CONNACK', 'sent SUBSCRIBE', 'received SUBACK'])
    expect(kinds.at(-1)).toMatch(/^sent DISCONNECT/)
    const count = (kind: string) => kinds.filter((one) => one.replace(',', '') === kind).length
    const handshake = ['PUBLISH', 'PUBREC', 'PUBREL', 'PUBCOMP'].flatMap((name) => [`sent ${name}`, `received ${name}`])
    expect(handshake.map(count)).toEqual(handshake.map(() => 1))
    const publish = told.filter((line) => line.includes('PUBLISH'))
    expect(publish).toEqual(publish.map(() => expect.stringMatching(/PUBLISH "plant\/a" QoS 2, \d+ bytes$/) as string))
    // What was sent is what came back, but for what the server adds.
    if (protocolVersion === '3.1.1') expect(publish[0]?.slice('sent'.length)).toBe(publish[1]?.slice('received'.length))
    expect(lines.join('\n')).not.toMatch(/geheim|ann/)
  },
)
