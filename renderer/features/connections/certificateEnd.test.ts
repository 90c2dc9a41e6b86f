import { expect, it } from 'vitest'
import type { CertificateFacts, TlsFacts } from '#shared/model/tlsFacts'
import { certificateEnd } from './certificateEnd'

const day = 86_400_000
const now = Date.UTC(2026, 5, 1)

const certificate = (subject: string, days: number): CertificateFacts => ({
  subject,
  issuer: 'CN=ca',
  validFrom: 0,
  validTo: now + days * day,
  names: [],
  furtherNames: 0,
  fingerprint: '',
  isAuthority: false,
})
const facts = (chain: readonly CertificateFacts[], own: CertificateFacts | null = null): TlsFacts => ({
  version: 'TLSv1.3',
  cipher: '',
  alpn: null,
  serverName: 'broker',
  isAnyName: false,
  keyLogFile: '',
  chain,
  own,
  trustedBy: 'system',
  problem: null,
})

it('tells the certificate that ends first, from thirty days before on', () => {
  const far = certificate('CN=far', 30)
  expect(certificateEnd(facts([far, far], far), now)).toBeNull()
  const server = certificate('CN=server', 29.5)
  expect(certificateEnd(facts([server, far], far), now)).toMatchObject({
    whose: 'server',
    days: 29,
    subject: 'CN=server',
  })
  expect(certificateEnd(facts([server, certificate('CN=ca', 3)], far), now)).toMatchObject({
    whose: 'authority',
    days: 3,
  })
  expect(certificateEnd(facts([server], certificate('CN=own', 0.2)), now)).toMatchObject({ whose: 'own', days: 0 })
  expect(certificateEnd(facts([certificate('CN=old', -0.5)]), now)).toMatchObject({ whose: 'server', days: -1 })
})

it('tells nothing where a server showed no certificate', () => {
  expect(certificateEnd(facts([]), now)).toBeNull()
})
