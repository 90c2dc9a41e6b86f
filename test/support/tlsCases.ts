import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KeyPair } from './certificates'
import { runOrThrow } from './runCommand'
import { createTemporaryFolder } from './temporaryFolder'

export const casePassphrase = 'geheim'
const secret = `pass:${casePassphrase}`
const localNames = 'subjectAltName=DNS:localhost,IP:127.0.0.1'
const leaf = 'basicConstraints=CA:FALSE'

export interface SignWish {
  readonly subject: string
  /** Lines of an extension file; default: no authority, good for this computer. */
  readonly extensions?: readonly string[]
  /** As in 20400101000000Z. */
  readonly from?: string
  readonly until?: string
}

const configOf = (name: string, extensions: readonly string[]) => `
[ca]
default_ca = own
[own]
new_certs_dir = .
database = ${name}.index
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = optional
organizationName = optional
[extensions]
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
${extensions.join('\n')}
`

/** Certificates of every kind that fails, from the openssl command; keys are on P-256, so that they are quickly made. */
export const createTlsCases = () => {
  const folder = createTemporaryFolder('tls-cases')
  const path = (name: string) => join(folder.path, name)
  const openssl = (...args: readonly string[]) => runOrThrow('openssl', args, { cwd: folder.path })
  const write = (name: string, content: string | Buffer) => {
    writeFileSync(path(name), content)
    return path(name)
  }
  const read = (name: string) => readFileSync(path(name))
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

  const selfSigned = async (name: string, subject: string, extensions: readonly string[] = []): Promise<KeyPair> => {
    const pair = { certificate: path(`${name}.crt`), key: path(`${name}.key`) }
    const added = extensions.flatMap((line) => ['-addext', line])
    const content = ['-subj', subject, '-days', '30', ...added]
    await openssl('req', '-x509', ...newKey, ...content, '-keyout', pair.key, '-out', pair.certificate)
    return pair
  }

  const sign = async (authority: KeyPair, name: string, wish: SignWish): Promise<KeyPair> => {
    const pair = { certificate: path(`${name}.crt`), key: path(`${name}.key`) }
    const { subject, extensions = [leaf, localNames], from, until = '20991231235959Z' } = wish
    await openssl('req', '-new', ...newKey, '-subj', subject, '-keyout', pair.key, '-out', path(`${name}.csr`))
    write(`${name}.index`, '')
    const config = write(`${name}.cnf`, configOf(name, extensions))
    const dates = [...(from === undefined ? [] : ['-startdate', from]), '-enddate', until]
    const signer = ['-cert', authority.certificate, '-keyfile', authority.key, '-extensions', 'extensions']
    const files = ['-in', path(`${name}.csr`), '-out', pair.certificate, '-notext']
    await openssl('ca', '-batch', '-config', config, ...signer, ...dates, ...files)
    return pair
  }

  return { path, write, read, openssl, selfSigned, sign, remove: folder.remove }
}

export const asAuthority = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign']
export const asLeaf = leaf
export const forThisComputer = localNames
export const caseSecret = secret
