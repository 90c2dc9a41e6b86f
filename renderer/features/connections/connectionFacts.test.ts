import { describe, expect, it } from 'vitest'
import { failureFrom } from '#shared/model/failureTesting'
import { newProfile, type Profile } from '#shared/model/profile'
import type { SessionPhase } from '#shared/model/session'
import { addressOf, failureOf, securityNoteOf } from './connectionFacts'

const profileWith = (given: Partial<Profile>) => newProfile({ id: 'one', name: 'One', ...given })
const online = (encrypted: boolean) => ({ phase: 'online', encrypted }) as SessionPhase
const offline: SessionPhase = { phase: 'offline' }

describe('addressOf', () => {
  it('shows the path of a WebSocket only', () => {
    expect(addressOf(profileWith({ host: 'broker', port: 1883 }), null)).toBe('mqtt://broker:1883')
    expect(addressOf(profileWith({ host: 'broker', scheme: 'wss', port: 443 }), null)).toBe('wss://broker:443/mqtt')
  })

  it('brackets an IPv6 address', () => {
    expect(addressOf(profileWith({ host: '::1' }), null)).toBe('mqtt://[::1]:1883')
  })

  it('shows the port the local broker runs at', () => {
    expect(addressOf(profileWith({ kind: 'local', host: '127.0.0.1' }), 40_123)).toBe('mqtt://127.0.0.1:40123')
  })
})

describe('failureOf', () => {
  const reason = failureFrom({ code: 'dnsFailed', message: 'Not found.' })
  const notBegun = { code: 'tlsFileEmpty', message: 'Bad key.' } as const

  it('names the reason of a failure and of a wait', () => {
    expect(failureOf({ phase: 'failed', reason }, null)).toBe(reason)
    expect(failureOf({ phase: 'waiting', attempt: 2, nextTryAt: 0, reason }, null)).toBe(reason)
  })

  it('prefers what the last click came to, and is silent once it works', () => {
    expect(failureOf({ phase: 'failed', reason }, notBegun)).toBe(notBegun)
    expect(failureOf(online(true), notBegun)).toBeNull()
  })
})

describe('securityNoteOf', () => {
  const unverified = { ...profileWith({}).tls, verify: false }

  it('stands whenever verification is off, connected or not', () => {
    expect(securityNoteOf(profileWith({ scheme: 'mqtts', tls: unverified }), offline)).toBe('verifyOff')
    expect(securityNoteOf(profileWith({ scheme: 'mqtt', tls: unverified }), offline)).toBeNull()
  })

  it('stands while any name in a certificate will do, and not where one certificate alone is taken', () => {
    const tls = (change: object) => profileWith({ scheme: 'mqtts', tls: { ...profileWith({}).tls, ...change } })
    expect(securityNoteOf(tls({ verifyName: false }), offline)).toBe('nameOff')
    expect(securityNoteOf(tls({ verify: false, pins: 'ab'.repeat(32) }), offline)).toBeNull()
    expect(securityNoteOf(tls({}), offline)).toBeNull()
  })

  it('warns of a password that crosses a network in the clear', () => {
    const remote = profileWith({ host: 'broker.example', usePassword: true })
    expect(securityNoteOf(remote, online(false))).toBe('passwordUnencrypted')
    expect(securityNoteOf(remote, offline)).toBeNull()
    expect(securityNoteOf({ ...remote, host: '127.0.0.1' }, online(false))).toBeNull()
  })
})
