import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadTlsMaterial } from '../../electron/core/broker/connecting/tls/tlsMaterial'
import type { TlsSettings } from '../../shared/model/profile'
import type { KeyPair } from '../support/certificates'
import { asAuthority, asLeaf, casePassphrase, caseSecret, createTlsCases } from '../support/tlsCases'
import { testProfile } from './sessionHarness'

const cases = createTlsCases()
const { path, read, write, openssl } = cases
let ca: KeyPair
let client: KeyPair

const text = (name: string) => read(name).toString('utf8')
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16()
const withMark = (name: string) => Buffer.from(`\ufeff${text(name)}`, 'utf16le')

const makeKeys = async () => {
  const pkcs8 = (name: string, ...options: readonly string[]) =>
    openssl('pkcs8', '-topk8', '-in', client.key, '-passout', caseSecret, '-out', path(name), ...options)
  await pkcs8('aes.key', '-v2', 'aes-256-cbc')
  await pkcs8('aes.key.der', '-v2', 'aes-256-cbc', '-outform', 'DER')
  await pkcs8('des3.key', '-v1', 'PBE-SHA1-3DES')
  await pkcs8('md5des.key', '-v1', 'PBE-MD5-DES', '-provider', 'legacy', '-provider', 'default')
  await openssl('ec', '-aes256', '-in', client.key, '-passout', caseSecret, '-out', path('old.key'))
  await openssl('ec', '-in', client.key, '-out', path('sec1.key'))
  await openssl('ec', '-in', client.key, '-outform', 'DER', '-out', path('sec1.key.der'))
  await openssl('pkcs8', '-topk8', '-nocrypt', '-in', client.key, '-outform', 'DER', '-out', path('pkcs8.key.der'))
  await openssl('genrsa', '-traditional', '-out', path('rsa.key'), '2048')
  await openssl('rsa', '-traditional', '-in', path('rsa.key'), '-outform', 'DER', '-out', path('rsa.key.der'))
  await openssl('req', '-x509', '-key', path('rsa.key'), '-subj', '/CN=rsa', '-out', path('rsa.crt'))
  await openssl('pkey', '-in', client.key, '-pubout', '-out', path('public.pem'))
  await openssl('ecparam', '-name', 'prime256v1', '-out', path('parameters.pem'))
}

const makeBundles = async () => {
  const p12 = (name: string, ...options: readonly string[]) =>
    openssl('pkcs12', '-export', '-in', client.certificate, '-out', path(name), ...options)
  const whole = ['-inkey', client.key, '-passout', caseSecret]
  await p12('good.p12', ...whole)
  await p12('open.p12', '-inkey', client.key, '-passout', 'pass:')
  await p12('legacy.p12', ...whole, '-legacy')
  await p12('nokey.p12', '-nokeys', '-passout', caseSecret)
  await p12('nomac.p12', ...whole, '-nomac')
  await openssl('crl2pkcs7', '-nocrl', '-certfile', client.certificate, '-out', path('bundle.p7b'))
  await openssl('crl2pkcs7', '-nocrl', '-certfile', client.certificate, '-outform', 'DER', '-out', path('der.p7b'))
  await openssl('req', '-in', path('client.csr'), '-outform', 'DER', '-out', path('csr.der'))
  const config = write('crl.cnf', '[ca]\ndefault_ca=own\n[own]\ndatabase=crl.index\ndefault_md=sha256\n')
  write('crl.index', '')
  const signer = ['-cert', ca.certificate, '-keyfile', ca.key, '-crldays', '30']
  await openssl('ca', '-gencrl', '-config', config, ...signer, '-out', path('list.crl'))
  await openssl('crl', '-in', path('list.crl'), '-outform', 'DER', '-out', path('list.crl.der'))
}

beforeAll(async () => {
  ca = await cases.selfSigned('ca', '/CN=Plant ca')
  const intermediate = await cases.sign(ca, 'inter', { subject: '/CN=Plant inter', extensions: asAuthority })
  client = await cases.sign(intermediate, 'client', { subject: '/CN=tester', extensions: [asLeaf] })
  await cases.selfSigned('other', '/CN=other')
  await Promise.all([makeKeys(), makeBundles()])
  for (const name of ['ca', 'client'])
    await openssl('x509', '-in', path(`${name}.crt`), '-outform', 'DER', '-out', path(`${name}.der`))
  await openssl('x509', '-in', path('ca.crt'), '-trustout', '-addtrust', 'serverAuth', '-out', path('trusted.crt'))
  write('chain.crt', text('client.crt') + text('inter.crt'))
  write('reversed.crt', text('inter.crt') + text('client.crt'))
  write('combined.pem', text('client.key') + text('client.crt'))
  write('bom.crt', `\ufeff${text('ca.crt')}`)
  write('utf16le.crt', withMark('ca.crt'))
  write('utf16be.crt', swapped(withMark('ca.crt')))
  write('utf16plain.crt', Buffer.from(text('ca.crt'), 'utf16le'))
  write('utf16.key', withMark('client.key'))
  write('utf16client.crt', withMark('client.crt'))
  write('crlf.crt', text('ca.crt').replaceAll('\n', '\r\n'))
  write('bundle.crt', `# Plant\n${text('ca.crt')}\nand\n${text('inter.crt')}`)
  write('empty', '')
  write('garbage', 'this is no certificate')
  write('noise', Buffer.from([1, 2, 0, 4]))
  write('cut.crt', text('ca.crt').slice(0, 300))
  write('cut.der', read('ca.der').subarray(0, 200))
  write('cut.key', text('client.key').slice(0, 100))
  write('spoilt.crt', text('ca.crt').replace(/\n.{20}/, '\n!!!!'))
  write('half.crt', text('ca.crt') + text('inter.crt').slice(0, 200))
  write('two.key', text('client.key') + text('other.key'))
  write('ssh.key', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE=\n-----END OPENSSH PRIVATE KEY-----\n')
  write('putty.ppk', 'PuTTY-User-Key-File-3: ssh-ed25519\n')
  write('store.jks', Buffer.from('feedfeed00000002', 'hex'))
  mkdirSync(path('folder'))
  write('huge', '')
  truncateSync(path('huge'), 2 ** 20 + 1)
  execFileSync('mkfifo', [path('pipe')])
})
afterAll(() => cases.remove())

type Files = Partial<Record<'ca' | 'cert' | 'key' | 'p12', string>>
const settings = ({ ca: caFile, cert, key, p12 }: Files): TlsSettings => ({
  ...testProfile().tls,
  ...(caFile !== undefined && { caFile: caFile.startsWith('/') || caFile.startsWith('~') ? caFile : path(caFile) }),
  ...(cert !== undefined && { certificateFile: path(cert) }),
  ...(key !== undefined && { keyFile: path(key) }),
  ...(p12 !== undefined && { pkcs12File: path(p12) }),
})
const load = (files: Files, passphrase?: string) =>
  loadTlsMaterial(settings(files), passphrase, new AbortController().signal)

describe('files of TLS are taken', () => {
  it.each<[string, Files, string?]>([
    ['a CA file', { ca: 'ca.crt' }],
    ['in DER', { ca: 'ca.der' }],
    ['behind a byte order mark', { ca: 'bom.crt' }],
    ['in UTF-16', { ca: 'utf16le.crt' }],
    ['in UTF-16, big end first', { ca: 'utf16be.crt' }],
    ['in UTF-16 without a mark', { ca: 'utf16plain.crt' }],
    ['with the line ends of Windows', { ca: 'crlf.crt' }],
    ['with what OpenSSL trusts it for', { ca: 'trusted.crt' }],
    ['certificate and key', { cert: 'client.crt', key: 'client.key' }],
    ['a chain, leaf first', { cert: 'chain.crt', key: 'client.key' }],
    ['a certificate in DER', { cert: 'client.der', key: 'client.key' }],
    ['a key in DER: PKCS #8', { cert: 'client.crt', key: 'pkcs8.key.der' }],
    ['a key in DER: SEC 1', { cert: 'client.crt', key: 'sec1.key.der' }],
    ['a key in DER: PKCS #1', { cert: 'rsa.crt', key: 'rsa.key.der' }],
    ['a key as SEC 1 has it, behind its parameters', { cert: 'client.crt', key: 'sec1.key' }],
    ['certificate and key in UTF-16', { cert: 'utf16client.crt', key: 'utf16.key' }],
    ['one file for both', { cert: 'combined.pem', key: 'combined.pem' }],
    ['an encrypted key', { cert: 'client.crt', key: 'aes.key' }, casePassphrase],
    ['an encrypted key in DER', { cert: 'client.crt', key: 'aes.key.der' }, casePassphrase],
    ['a key encrypted as of old', { cert: 'client.crt', key: 'old.key' }, casePassphrase],
    ['a key encrypted with Triple DES', { cert: 'client.crt', key: 'des3.key' }, casePassphrase],
    ['a passphrase nobody needs', { cert: 'client.crt', key: 'client.key' }, casePassphrase],
    ['PKCS #12', { p12: 'good.p12' }, casePassphrase],
    ['PKCS #12 without a passphrase', { p12: 'open.p12' }],
  ])('%s', async (_title, files, passphrase) => {
    const result = await load(files, passphrase)
    expect(result).toMatchObject({ ok: true })
    if (result.ok && files.ca === undefined) expect(result.value.own?.certificate.subject).toMatch(/CN=(tester|rsa)/)
  })

  it('with every certificate of a bundle', async () => {
    const result = await load({ ca: 'bundle.crt' })
    expect(result.ok && result.value.authorities?.certificates.map(({ subject }) => subject)).toEqual([
      'CN=Plant ca',
      'CN=Plant inter',
    ])
  })

  it('from the person’s own folder, written as ~', async () => {
    const result = await load({ ca: '~/no-such-file-of-topicscope.crt' })
    expect(result).toMatchObject({ error: { code: 'fileMissing' } })
    const name = `.topicscope-test-${process.pid}.crt`
    writeFileSync(`${homedir()}/${name}`, readFileSync(ca.certificate))
    try {
      expect(await load({ ca: `~/${name}` })).toMatchObject({ ok: true })
    } finally {
      execFileSync('rm', [`${homedir()}/${name}`])
    }
  })
})

const inCa = (name: string): Files => ({ ca: name })
const inCert = (name: string): Files => ({ cert: name, key: 'client.key' })
const inKey = (name: string): Files => ({ cert: 'client.crt', key: name })
const inP12 = (name: string): Files => ({ p12: name })

describe('a file of TLS that will not do is told at its field', () => {
  it.each<[Files, string, string, Record<string, unknown>, string?]>([
    [inCa('nothere.crt'), 'fileMissing', 'tls.caFile', { name: 'nothere.crt' }],
    [inCa('folder'), 'fileNotRegular', 'tls.caFile', { detail: 'folder' }],
    [inCa('pipe'), 'fileNotRegular', 'tls.caFile', { detail: 'pipe' }],
    [inCa('/dev/zero'), 'fileNotRegular', 'tls.caFile', { detail: 'device' }],
    [inCa('huge'), 'fileTooLarge', 'tls.caFile', { limit: 2 ** 20 }],
    [inCa('empty'), 'tlsFileEmpty', 'tls.caFile', { role: 'caFile', file: 'empty' }],
    [inCa('ca.key'), 'tlsFileWrongKind', 'tls.caFile', { found: 'key' }],
    [inCa('garbage'), 'tlsFileWrongKind', 'tls.caFile', { found: 'text' }],
    [inCa('noise'), 'tlsFileWrongKind', 'tls.caFile', { found: 'binary' }],
    [inCa('client.csr'), 'tlsFileWrongKind', 'tls.caFile', { found: 'request' }],
    [inCa('csr.der'), 'tlsFileWrongKind', 'tls.caFile', { found: 'request' }],
    [inCa('list.crl'), 'tlsFileWrongKind', 'tls.caFile', { found: 'crl' }],
    [inCa('list.crl.der'), 'tlsFileWrongKind', 'tls.caFile', { found: 'crl' }],
    [inCa('public.pem'), 'tlsFileWrongKind', 'tls.caFile', { found: 'publicKey' }],
    [inCa('bundle.p7b'), 'tlsFileWrongKind', 'tls.caFile', { found: 'pkcs7' }],
    [inCa('der.p7b'), 'tlsFileWrongKind', 'tls.caFile', { found: 'pkcs7' }],
    [inCa('good.p12'), 'tlsFileWrongKind', 'tls.caFile', { found: 'pkcs12' }],
    [inCa('store.jks'), 'tlsFileWrongKind', 'tls.caFile', { found: 'keystore' }],
    [inCa('parameters.pem'), 'tlsFileWrongKind', 'tls.caFile', { found: 'text' }],
    [inCa('cut.crt'), 'tlsFileDamaged', 'tls.caFile', { file: 'cut.crt' }],
    [inCa('cut.der'), 'tlsFileDamaged', 'tls.caFile', { file: 'cut.der' }],
    [inCa('spoilt.crt'), 'tlsFileDamaged', 'tls.caFile', {}],
    [inCa('half.crt'), 'tlsFileDamaged', 'tls.caFile', { whole: 1 }],
    [inCert('empty'), 'tlsFileEmpty', 'tls.certificateFile', { role: 'certificateFile' }],
    [inCert('other.key'), 'tlsFileWrongKind', 'tls.certificateFile', { found: 'key' }],
    [inCert('aes.key'), 'tlsFileWrongKind', 'tls.certificateFile', { found: 'key' }],
    [inCert('reversed.crt'), 'tlsChainOrder', 'tls.certificateFile', { first: 'Plant inter', subject: 'tester' }],
    [{ cert: 'client.key', key: 'client.crt' }, 'tlsFilesSwapped', 'tls.certificateFile', { other: 'client.crt' }],
    [{ cert: 'aes.key', key: 'client.der' }, 'tlsFilesSwapped', 'tls.certificateFile', { file: 'aes.key' }],
    [inKey('client.crt'), 'tlsFileWrongKind', 'tls.keyFile', { found: 'certificate' }],
    [inKey('client.der'), 'tlsFileWrongKind', 'tls.keyFile', { found: 'certificate' }],
    [inKey('public.pem'), 'tlsFileWrongKind', 'tls.keyFile', { found: 'publicKey' }],
    [inKey('parameters.pem'), 'tlsFileWrongKind', 'tls.keyFile', {}],
    [inKey('ssh.key'), 'tlsFileWrongKind', 'tls.keyFile', { found: 'openSshKey' }],
    [inKey('putty.ppk'), 'tlsFileWrongKind', 'tls.keyFile', { found: 'puttyKey' }],
    [inKey('good.p12'), 'tlsFileWrongKind', 'tls.keyFile', { found: 'pkcs12' }],
    [inKey('cut.key'), 'tlsFileDamaged', 'tls.keyFile', {}],
    [inKey('two.key'), 'tlsSeveralKeys', 'tls.keyFile', { count: 2 }],
    [inKey('other.key'), 'tlsKeyMismatch', 'tls.keyFile', { other: 'client.crt', subject: 'tester' }],
    [inKey('rsa.key'), 'tlsKeyMismatch', 'tls.keyFile', {}],
    [inKey('aes.key'), 'tlsPassphraseMissing', 'keyPassphrase', { file: 'aes.key' }],
    [inKey('aes.key.der'), 'tlsPassphraseMissing', 'keyPassphrase', {}],
    [inKey('old.key'), 'tlsPassphraseMissing', 'keyPassphrase', {}, ''],
    [inKey('aes.key'), 'tlsPassphraseWrong', 'keyPassphrase', {}, 'wrong'],
    [inKey('aes.key.der'), 'tlsPassphraseWrong', 'keyPassphrase', {}, 'wrong'],
    [inKey('old.key'), 'tlsPassphraseWrong', 'keyPassphrase', {}, 'wrong'],
    [inKey('md5des.key'), 'tlsEncryptionUnsupported', 'tls.keyFile', { detail: 'PBES1 (MD5, DES)' }, casePassphrase],
    [inP12('good.p12'), 'tlsPassphraseMissing', 'keyPassphrase', { file: 'good.p12' }],
    [inP12('good.p12'), 'tlsPassphraseWrong', 'keyPassphrase', {}, 'wrong'],
    [inP12('nokey.p12'), 'tlsPkcs12Incomplete', 'tls.pkcs12File', { detail: 'key' }, casePassphrase],
    [inP12('client.crt'), 'tlsFileWrongKind', 'tls.pkcs12File', { found: 'certificate' }],
    [inP12('client.key'), 'tlsFileWrongKind', 'tls.pkcs12File', { found: 'key' }],
    [inP12('empty'), 'tlsFileEmpty', 'tls.pkcs12File', {}],
  ])('%j: %s', async (...[files, code, field, values, passphrase]) => {
    const result = await load(files, passphrase)
    expect(result).toMatchObject({ ok: false, error: { code, field, values } })
    // No library's or system's words but in the message, which is for the technical details.
    if (!result.ok) expect(JSON.stringify(result.error.values)).not.toMatch(/error:|routines|openssl|E[A-Z]{4,}:/i)
  })

  it('blames a wrong passphrase also where what it decrypts looks sound by chance', async () => {
    // One of 256 does.
    for (let tried = 0; tried < 1_000; tried++) {
      const result = await load(inKey('aes.key'), `wrong ${tried}`)
      expect(result).toMatchObject({ ok: false, error: { code: 'tlsPassphraseWrong' } })
    }
  })

  it('names what a PKCS #12 file of old is encrypted with, where that is not supported', async () => {
    // BoringSSL reads it, OpenSSL 3 does not.
    const result = await load(inP12('legacy.p12'), casePassphrase)
    if (result.ok) return
    expect(result.error).toMatchObject({ code: 'tlsEncryptionUnsupported', values: { known: 'yes' } })
    expect(result.error.values?.['detail']).toMatch(/RC2 40/)
  })

  it('names the MAC that a PKCS #12 file lacks, where it has to have one', async () => {
    // OpenSSL 3.5 reads it, OpenSSL 3.0 does not.
    const result = await load(inP12('nomac.p12'), casePassphrase)
    if (result.ok) return
    const told = { code: 'tlsPkcs12Incomplete', field: 'tls.pkcs12File', values: { detail: 'mac' } }
    expect(result.error).toMatchObject(told)
  })

  it('is given up when connecting is', async () => {
    const reason = { code: 'connectTimeout', message: 'too slow' } as const
    const result = await loadTlsMaterial(settings({ ca: 'ca.crt' }), undefined, AbortSignal.abort(reason))
    expect(result).toEqual({ ok: false, error: reason })
  })
})
