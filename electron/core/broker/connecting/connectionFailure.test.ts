import { describe, expect, it } from 'vitest'
import { connectionFailure } from './connectionFailure'

const place = { host: 'broker.example', port: 8883 }
const systemError = (code: string) => Object.assign(new Error(`connect ${code}`), { code })

describe('an error of a socket', () => {
  it('says how long the system waited for an answer', () => {
    expect(connectionFailure(systemError('ETIMEDOUT'), place, 75)).toMatchObject({
      code: 'connectTimeout',
      values: { ...place, seconds: 75 },
    })
  })

  it('is no connectTimeout once there was a connection', () => {
    expect(connectionFailure(systemError('ETIMEDOUT'), place).code).toBe('connectionReset')
  })

  it('of several addresses is the first that is more than silence', () => {
    const errorOf = (...codes: string[]) =>
      Object.assign(new AggregateError(codes.map(systemError)), { code: codes[0] })
    expect(connectionFailure(errorOf('ETIMEDOUT', 'ECONNREFUSED'), place, 1).code).toBe('connectionRefused')
    expect(connectionFailure(errorOf('ETIMEDOUT', 'ETIMEDOUT'), place, 1).code).toBe('connectTimeout')
  })

  it('in the middle of a TLS handshake is a broken connection, as a restart makes it', () => {
    const message = 'Client network socket disconnected before secure TLS connection was established'
    const error = Object.assign(new Error(message), { code: 'ECONNRESET' })
    expect(connectionFailure(error, place, 1).code).toBe('connectionReset')
  })
})
