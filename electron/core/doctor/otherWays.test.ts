import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { doctorLimits } from '#shared/model/doctor'
import type { Stage } from '#shared/model/failure'
import { failureFrom } from '#shared/model/failureTesting'
import { newProfile, schemeSchema, usesTls } from '#shared/model/profile'
import { otherWays, settingsOf } from './otherWays'

const stages: readonly Stage[] = ['settings', 'name', 'tcp', 'tls', 'webSocket', 'connect', 'online']
const codes = [
  'connectTimeout',
  'connectionReset',
  'connectionClosed',
  'notMqtt',
  'tlsPlainTextAnswer',
  'webSocketRejected',
  'connectRefused',
  'connectionRefused',
  'answeredAsOtherVersion',
  'dnsFailed',
] as const
const anyFailure = fc.record({
  stage: fc.constantFrom(...stages),
  code: fc.constantFrom(...codes),
  reasonCode: fc.constantFrom(0, 1, 5, 0x84, 0x87),
})
const anyProfile = fc
  .record({
    scheme: fc.constantFrom(...schemeSchema.options),
    port: fc.constantFrom(1883, 8883, 443, 9001, 4711),
    path: fc.constantFrom('', '/', '/mqtt', '/own'),
    protocolVersion: fc.constantFrom('3.1' as const, '3.1.1' as const, '5' as const),
  })
  .map((given) => newProfile({ id: 'c', host: 'broker.example', username: 'ann', usePassword: true, ...given }))

describe('other ways', () => {
  it('are few, none twice, and none is the way of the settings', () => {
    fc.assert(
      fc.property(anyProfile, anyFailure, (profile, { code, stage, reasonCode }) => {
        const ways = otherWays(profile, failureFrom({ code, message: '', reasonCode }, { stage }))
        expect(ways.length).toBeLessThanOrEqual(doctorLimits.otherWays)
        const reached = ways.map(
          (change) => JSON.stringify({ ...settingsOf(profile, {}, change).profile, path: '' }) + (change.path ?? ''),
        )
        expect(new Set(reached).size).toBe(reached.length)
      }),
    )
  })

  it('send credentials to the very place of the settings only, and never in the clear instead of encrypted', () => {
    fc.assert(
      fc.property(anyProfile, anyFailure, (profile, { code, stage, reasonCode }) => {
        for (const change of otherWays(profile, failureFrom({ code, message: '', reasonCode }, { stage }))) {
          const settings = settingsOf(profile, { password: 'geheim' }, change)
          const sends = settings.profile.username !== '' || settings.secrets.password !== undefined
          expect(sends).toBe(!settings.isBare)
          if (!sends) continue
          expect(settings.profile).toMatchObject({ scheme: profile.scheme, host: profile.host, port: profile.port })
          expect(usesTls(settings.profile.scheme)).toBe(usesTls(profile.scheme))
        }
      }),
    )
  })
})
