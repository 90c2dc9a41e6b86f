import { expect, it } from 'vitest'
import type { DeliveryState } from '#shared/model/frame'
import { encodePublish } from '../packets/publishPacket'
import { createPacketIds } from '../transport/packetIds'
import type { Transport } from '../transport/transport'
import { createOutgoingMessage } from './outgoingMessage'
import { createOutgoingMessages } from './outgoingMessages'

const server = { receiveMaximum: 10, sessionPresent: true, protocolVersion: '5' } as const

it('a held message that is released while there is no connection waits for the next one', () => {
  const packetIds = createPacketIds()
  const outgoing = createOutgoingMessages({ packetIds, onViolation: () => undefined, onHeld: () => undefined })
  const written: number[] = []
  const transport: Transport = {
    write: (packet) => void written.push((packet[0] ?? 0) >> 4),
    subscribe: () => Promise.resolve(null),
    unsubscribe: () => Promise.resolve(null),
    reauthenticate: () => Promise.resolve({ ok: true, value: null }),
    disconnect: () => undefined,
    fail: () => undefined,
  }
  const states: DeliveryState[] = []
  const request = { connectionId: 'a', topic: 't', payload: new Uint8Array(), qos: 1, retain: false } as const
  const message = createOutgoingMessage({
    packet: encodePublish(
      {
        ...request,
        properties: {},
      },
      true,
    ),
    topic: 't',
    sequence: 1,
    qos: 1,
    protocolVersion: '5',
    records: null,
    now: () => 0,
    deliver: ({ state }) => void states.push(state),
    answer: () => undefined,
  })
  outgoing.begin(transport, server)
  outgoing.send(message)
  outgoing.hold(message)
  // The server keeps nothing of the session.
  outgoing.end(false)
  written.length = 0
  expect(outgoing.releaseAsIs(1)).toBe(true)
  expect([written, states.at(-1)]).toEqual([[], 'interrupted'])
  outgoing.begin(transport, { ...server, sessionPresent: false })
  outgoing.proceed(transport)
  expect([written, states.at(-1)]).toEqual([[3], 'sent'])
})
