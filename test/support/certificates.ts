import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runOrThrow } from './runCommand'
import { createTemporaryFolder } from './temporaryFolder'

/** Paths of PEM files. */
export interface KeyPair {
  readonly certificate: string
  readonly key: string
}

export interface Certificates {
  /** The authority that signed all of the below. */
  readonly authority: KeyPair
  /** An authority that signed none of them. */
  readonly strangerAuthority: KeyPair
  /** Good for localhost, 127.0.0.1 and ::1. */
  readonly server: KeyPair
  /** The right names, but it ran out yesterday. */
  readonly expiredServer: KeyPair
  /** Valid, but for broker.invalid only. */
  readonly wrongHostServer: KeyPair
  /** Common name "tester"; the key comes in the clear, encrypted, and together with the certificate as PKCS #12. */
  readonly client: KeyPair & { readonly encryptedKey: string; readonly pkcs12: string; readonly passphrase: string }
}

const passphrase = 'open sesame'
const localNames = 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1'

const createMaker = (folder: string) => {
  const file = (name: string) => join(folder, name)
  const openssl = (...args: readonly string[]) => runOrThrow('openssl', args, { cwd: folder })
  const pairNamed = (name: string): KeyPair => ({ certificate: file(`${name}.crt`), key: file(`${name}.key`) })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

  const makeAuthority = async (name: string) => {
    const pair = pairNamed(name)
    const subject = ['-subj', `/CN=Topicscope test ${name}`, '-days', '30']
    await openssl('req', '-x509', ...newKey, ...subject, '-keyout', pair.key, '-out', pair.certificate)
    return pair
  }

  const sign = async (
    authority: KeyPair,
    name: string,
    wish: { subject: string; extensions: string; days: number },
  ) => {
    const pair = pairNamed(name)
    const request = file(`${name}.csr`)
    writeFileSync(file(`${name}.ext`), `basicConstraints=CA:FALSE\n${wish.extensions}\n`)
    await openssl('req', ...newKey, '-subj', `/CN=${wish.subject}`, '-keyout', pair.key, '-out', request)
    const signer = ['-CA', authority.certificate, '-CAkey', authority.key, '-CAserial', file(`${name}.serial`)]
    const content = ['-extfile', file(`${name}.ext`), '-days', String(wish.days)]
    await openssl('x509', '-req', '-in', request, ...signer, '-CAcreateserial', ...content, '-out', pair.certificate)
    return pair
  }

  const wrapKey = async ({ certificate, key }: KeyPair) => {
    const encryptedKey = file('client.encrypted.key')
    const pkcs12 = file('client.p12')
    const secret = `pass:${passphrase}`
    await openssl('pkcs8', '-topk8', '-v2', 'aes-256-cbc', '-in', key, '-passout', secret, '-out', encryptedKey)
    await openssl('pkcs12', '-export', '-in', certificate, '-inkey', key, '-passout', secret, '-out', pkcs12)
    return { encryptedKey, pkcs12, passphrase }
  }

  return { makeAuthority, sign, wrapKey }
}

const makeCertificates = async (): Promise<Certificates> => {
  const { makeAuthority, sign, wrapKey } = createMaker(createTemporaryFolder('certificates').path)
  const [authority, strangerAuthority] = await Promise.all([makeAuthority('authority'), makeAuthority('stranger')])
  const forServer = { subject: 'localhost', extensions: `${localNames}\nextendedKeyUsage=serverAuth`, days: 30 }
  const elsewhere = { ...forServer, subject: 'broker.invalid', extensions: 'subjectAltName=DNS:broker.invalid' }
  const forClient = { subject: 'tester', extensions: 'extendedKeyUsage=clientAuth', days: 30 }
  const [server, expiredServer, wrongHostServer, client] = await Promise.all([
    sign(authority, 'server', forServer),
    sign(authority, 'expired', { ...forServer, days: -1 }),
    sign(authority, 'elsewhere', elsewhere),
    sign(authority, 'client', forClient),
  ])
  return {
    authority,
    strangerAuthority,
    server,
    expiredServer,
    wrongHostServer,
    client: { ...client, ...(await wrapKey(client)) },
  }
}

let made: Promise<Certificates> | null = null

/** Fresh certificates from the openssl command, made once per test process and removed with it. */
export const getCertificates = (): Promise<Certificates> => (made ??= makeCertificates())
