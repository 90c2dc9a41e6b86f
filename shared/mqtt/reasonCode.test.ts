import { describe, expect, it } from 'vitest'
import { isReasonOf, reasonName, reasonText, type ReasonPacket } from './reasonCode'

describe('reason codes', () => {
  it('are named by the packet they stand in', () => {
    expect(reasonName('connack3', 4)).toBe('bad user name or password')
    expect(reasonName('disconnect', 4)).toBe('Disconnect with Will Message')
    expect(reasonName('connack', 0x86)).toBe('Bad User Name or Password')
    expect(reasonName('suback', 1)).toBe('Granted QoS 1')
    expect(reasonName('suback3', 0x80)).toBe('Failure')
    expect(reasonName('puback', 0x10)).toBe('No matching subscribers')
  })

  it.each<readonly [ReasonPacket, number, string]>([
    ['puback', 0x95, 'Packet too large (0x95)'],
    ['suback', 0x95, 'Packet too large (0x95)'],
    ['puback', 0x92, 'Packet Identifier not found (0x92)'],
    ['pubrel', 0x87, 'Not authorized (0x87)'],
    ['unsuback', 0x97, 'Quota exceeded (0x97)'],
    ['connack', 0x8e, 'Session taken over (0x8e)'],
    ['disconnect', 0x9b, 'QoS not supported (0x9b)'],
  ])('have the name other packets have where %s has none for %i', (packet, code, text) => {
    expect(reasonText(packet, code)).toBe(text)
  })

  it('are numbers where no packet has a name, and where another packet means something else', () => {
    expect(reasonText('connack', 0xc7)).toBe('0xc7')
    expect(reasonText('puback', 0x04)).toBe('0x04')
    expect(reasonText('connack3', 0x87)).toBe('0x87')
    expect(isReasonOf('disconnect', 0x8e)).toBe(true)
    expect(isReasonOf('connack', 0x8e)).toBe(false)
  })

  it('have their number beside the name as each version writes it', () => {
    expect(reasonText('connack3', 5)).toBe('not authorized (5)')
    expect(reasonText('connack', 0x87)).toBe('Not authorized (0x87)')
    expect(reasonText('suback3', 0x80)).toBe('Failure (0x80)')
  })
})
