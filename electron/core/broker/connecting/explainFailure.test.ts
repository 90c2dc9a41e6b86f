import { describe, expect, it } from 'vitest'
import type { Stage, Tried } from '#shared/model/failure'
import { newProfile, type Profile } from '#shared/model/profile'
import type { AppError, ErrorCode } from '#shared/result'
import { explainFailure, triedWith } from './explainFailure'

const tried = (given: Partial<Profile> = {}): Tried =>
  triedWith(newProfile({ id: 'a', host: 'b', port: 1883, ...given }), {})
const error = (code: ErrorCode, given: Partial<AppError> = {}): AppError => ({ code, message: '', ...given })

describe('another try', () => {
  const retriesOf = (failure: AppError, stage: Stage = 'connect') => explainFailure(failure, stage, tried()).retries

  it.each([
    error('connectionRefused'),
    error('dnsFailed'),
    error('keepaliveTimeout'),
    error('connectRefused', { reasonCode: 3 }),
    error('connectRefused', { reasonCode: 0x88 }),
    error('connectRefused', { reasonCode: 0x97 }),
    error('serverDisconnected', { reasonCode: 0x8b }),
    error('webSocketRejected', { values: { status: 429 } }),
    error('webSocketRejected', { values: { status: 503 } }),
  ])('may help after $code $reasonCode $values.status, however often', (failure) => {
    expect(retriesOf(failure)).toBe('endless')
  })

  it.each(
    [1, 2, 4, 5, 0x84, 0x85, 0x86, 0x87, 0x8a, 0x9c].map((code) => error('connectRefused', { reasonCode: code })),
  )('is of no use after $code $reasonCode', (failure) => expect(retriesOf(failure)).toBe('none'))

  it.each([
    error('serverDisconnected', { reasonCode: 0x82 }),
    error('sessionTakenOver', { reasonCode: 0x8e }),
    error('tlsCertificateExpired'),
    error('tlsHostMismatch'),
    error('malformedPacket'),
    error('notMqtt'),
    error('answeredAsOtherVersion'),
    error('fileUnreadable'),
    error('webSocketRejected'),
    ...[301, 400, 401, 403, 404, 426].map((status) => error('webSocketRejected', { values: { status } })),
  ])('is of no use after $code $reasonCode $values.status', (failure) => {
    expect(retriesOf(failure)).toBe('none')
  })

  it.each(['connectionClosed', 'connectionReset', 'connectTimeout'] as const)(
    'after %s is made a few times where something answers, and for ever where the network may be to blame',
    (code) => {
      const stages: Stage[] = ['name', 'tcp', 'tls', 'webSocket', 'connect', 'online']
      const found = stages.map((stage) => retriesOf(error(code), stage))
      expect(found).toEqual(['endless', 'endless', 'few', 'few', 'few', 'endless'])
    },
  )
})

describe('what may help', () => {
  const keysOf = (failure: AppError, stage: Stage, given: Partial<Profile> = {}) =>
    explainFailure(failure, stage, tried(given)).remedies.map(({ key }) => key)

  it('after a close at CONNECT begins with the version where 5 was asked for', () => {
    const keys = keysOf(error('connectionClosed'), 'connect')
    expect(keys[0]).toBe('useVersion 3.1.1 5')
    expect(keys).toEqual(expect.arrayContaining(['useTls mqtts 1883', 'signIn', 'useWebSocket ws 1883', 'changePort']))
  })

  it('begins with what a port is usually for', () => {
    expect(keysOf(error('connectionReset'), 'connect', { port: 8883 })[0]).toBe('useTls mqtts 8883')
    expect(keysOf(error('connectTimeout'), 'connect', { port: 8083 })[0]).toBe('useWebSocket ws 8083')
    expect(keysOf(error('connectionClosed'), 'webSocket', { scheme: 'ws', port: 8084 })[0]).toBe('useTls wss 8084')
  })

  it('never offers what was tried', () => {
    const given: Partial<Profile> = { scheme: 'wss', protocolVersion: '3.1.1' }
    const keys = keysOf(error('connectionClosed'), 'connect', given)
    expect(keys.filter((key) => key.startsWith('useTls') || key.startsWith('useWebSocket'))).toEqual([])
    expect(keys).not.toContain('useVersion 3.1.1 3.1.1')
  })

  it('names other TLS and transport settings by how far the connection came', () => {
    expect(keysOf(error('connectionClosed'), 'tls', { scheme: 'mqtts' })[0]).toBe('useNoTls mqtt 1883')
    expect(keysOf(error('connectionClosed'), 'webSocket', { scheme: 'ws' })[0]).toBe('useNoWebSocket mqtt 1883')
    expect(keysOf(error('tlsPlainTextAnswer'), 'tls', { scheme: 'wss' })[0]).toBe('useNoTls ws 1883')
    expect(keysOf(error('notMqtt', { values: { detail: 'TLS' } }), 'connect')).toEqual(['useTls mqtts 1883'])
    expect(keysOf(error('notMqtt', { values: { detail: '"HTTP/1.1 400"' } }), 'connect')[0]).toBe(
      'useWebSocket ws 1883',
    )
  })

  it('offers the versions a refusal leaves', () => {
    expect(keysOf(error('connectRefused', { reasonCode: 1 }), 'connect')).toEqual(['useVersion 3.1.1 5'])
    const older = { protocolVersion: '3.1.1' as const }
    expect(keysOf(error('connectRefused', { reasonCode: 0x84 }), 'connect', older)).toEqual([
      'useVersion 5 3.1.1',
      'useVersion 3.1 3.1.1',
    ])
  })

  it.each([
    ['node2.example:1884', [['node2.example', 1884]]],
    ['node2.example', [['node2.example', 1883]]],
    [
      '[2001:db8::1]:8883 b.example:1',
      [
        ['[2001:db8::1]', 8883],
        ['b.example', 1],
      ],
    ],
    ['mqtt://evil/x', []],
    ['a:0 a:70000 ""', []],
    ['', []],
  ])('offers the servers a reference names: %s', (reference, expected) => {
    const failure = error('connectRefused', { reasonCode: 0x9c, values: { reference } })
    const servers = explainFailure(failure, 'connect', tried()).remedies.map(({ values }) => [
      values?.['host'],
      values?.['port'],
    ])
    expect(servers).toEqual(expected)
  })
})
