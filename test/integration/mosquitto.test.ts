import { once } from 'node:events'
import { WebSocket } from 'ws'
import { afterEach, describe, expect, it } from 'vitest'
import { getCertificates } from '../support/certificates'
import { startMosquitto } from '../support/mosquitto'
import type { Mosquitto, MosquittoOptions } from '../support/mosquitto'
import {
  publishWithMosquitto,
  receiveRawWithMosquitto,
  subscribeWithMosquitto,
  tryPublishWithMosquitto,
} from '../support/mosquittoClients'
import { waitFor } from '../support/waitFor'

const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index)
const stops: (() => Promise<void>)[] = []

const startedMosquitto = async (options: MosquittoOptions = {}): Promise<Mosquitto> => {
  const broker = await startMosquitto(options)
  stops.push(broker.stop)
  return broker
}

const startedSubscriber = async (options: Parameters<typeof subscribeWithMosquitto>[0]) => {
  const subscriber = await subscribeWithMosquitto(options)
  stops.push(subscriber.stop)
  return subscriber
}

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

describe('the mosquitto fixture', () => {
  it('carries every byte from mosquitto_pub to mosquitto_sub', async () => {
    const broker = await startedMosquitto()
    const subscriber = await startedSubscriber({ port: broker.port(), filters: ['plant/+'], qos: 1 })
    await publishWithMosquitto({ port: broker.port(), topic: 'plant/line 1', payload: everyByte, qos: 1 })
    await publishWithMosquitto({ port: broker.port(), topic: 'plant/empty', payload: '' })
    expect(await subscriber.waitForMessages(2)).toEqual([
      { topic: 'plant/line 1', payload: Buffer.from(everyByte), qos: 1, retain: false },
      { topic: 'plant/empty', payload: Buffer.alloc(0), qos: 0, retain: false },
    ])
  })

  it('carries every byte over TLS', async () => {
    const { authority } = await getCertificates()
    const broker = await startedMosquitto({ listeners: ['tcp', 'tls'] })
    const secure = { port: broker.port('tls'), host: 'localhost', authority: authority.certificate }
    await publishWithMosquitto({ ...secure, topic: 'kept', payload: everyByte, retain: true, qos: 1 })
    expect(await receiveRawWithMosquitto({ ...secure, filters: ['kept'] })).toEqual(Buffer.from(everyByte))
  })

  it('refuses a stranger, a wrong host name and an expired certificate', async () => {
    const { authority, strangerAuthority, expiredServer, wrongHostServer } = await getCertificates()
    const trying = async (broker: Mosquitto, ca: string) =>
      tryPublishWithMosquitto({ port: broker.port('tls'), host: 'localhost', authority: ca, topic: 't', payload: '1' })
    const good = await startedMosquitto({ listeners: ['tls'] })
    const expired = await startedMosquitto({ listeners: ['tls'], serverCertificate: expiredServer })
    const elsewhere = await startedMosquitto({ listeners: ['tls'], serverCertificate: wrongHostServer })
    expect((await trying(good, authority.certificate)).exitCode).toBe(0)
    expect((await trying(good, strangerAuthority.certificate)).exitCode).not.toBe(0)
    expect((await trying(expired, authority.certificate)).exitCode).not.toBe(0)
    expect((await trying(elsewhere, authority.certificate)).exitCode).not.toBe(0)
  })

  it('asks for a client certificate when told to', async () => {
    const { authority, client } = await getCertificates()
    const broker = await startedMosquitto({ listeners: ['tls'], requireClientCertificate: true })
    const message = { port: broker.port('tls'), host: 'localhost', authority: authority.certificate, topic: 't' }
    const shown = ['--cert', client.certificate, '--key', client.key]
    expect((await tryPublishWithMosquitto({ ...message, payload: '1' })).exitCode).not.toBe(0)
    expect((await tryPublishWithMosquitto({ ...message, payload: '1', arguments: shown })).exitCode).toBe(0)
  })

  it('knows its users and what they may do', async () => {
    const broker = await startedMosquitto({ users: { ann: 'pass: word' }, acl: ['user ann', 'topic readwrite own/#'] })
    const message = { port: broker.port(), payload: '1', qos: 1 } as const
    const ann = { name: 'ann', password: 'pass: word' }
    const said = async (topic: string, user?: typeof ann) =>
      (await tryPublishWithMosquitto({ ...message, topic, ...(user && { user }) })).said
    expect(await said('own/a', ann)).toBe('')
    expect(await said('other/a', ann)).toContain('Not authorized')
    expect(await said('own/a', { ...ann, password: 'guess' })).toContain('Not authorized')
    expect(await said('own/a')).toContain('Not authorized')
  })

  it('opens WebSocket listeners', async () => {
    const broker = await startedMosquitto({ listeners: ['ws', 'wss'] })
    const socket = new WebSocket(`ws://127.0.0.1:${broker.port('ws')}`, 'mqtt')
    await once(socket, 'open')
    expect(socket.protocol).toBe('mqtt')
    socket.close()
  })

  it.each(['SIGTERM', 'SIGKILL'] as const)('keeps retained messages over a restart after %s', async (signal) => {
    const broker = await startedMosquitto({ persistence: true })
    await publishWithMosquitto({ port: broker.port(), topic: 'kept', payload: 'still here', qos: 1, retain: true })
    await waitFor('mosquitto to save', () => broker.savedData().includes('still here'))
    await broker.restart(signal)
    const kept = await receiveRawWithMosquitto({ port: broker.port(), filters: ['kept'] })
    expect(kept.toString()).toBe('still here')
  })

  it('says why a broken configuration did not start', async () => {
    await expect(startMosquitto({ settings: ['no_such_setting 1'] })).rejects.toThrow('no_such_setting')
  })
})
