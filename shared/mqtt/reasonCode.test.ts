import { describe, expect, it } from 'vitest'
import { isReasonOf, reasonName } from './reasonCode'

describe('reason codes', () => {
  it('are named by the packet they stand in', () => {
    expect(reasonName('connack3', 4)).toBe('Connection Refused, bad user name or password')
    expect(reasonName('disconnect', 4)).toBe('Disconnect with Will Message')
    expect(reasonName('connack', 0x86)).toBe('Bad User Name or Password')
    expect(reasonName('suback', 1)).toBe('Granted QoS 1')
    expect(reasonName('suback3', 0x80)).toBe('Failure')
    expect(reasonName('puback', 0x10)).toBe('No matching subscribers')
  })

  it('are shown as numbers where the specification has no name', () => {
    expect(reasonName('connack', 0x8e)).toBe('0x8e')
    expect(isReasonOf('disconnect', 0x8e)).toBe(true)
    expect(isReasonOf('connack', 0x8e)).toBe(false)
  })
})
