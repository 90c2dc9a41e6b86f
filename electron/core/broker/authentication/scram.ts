import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { ScramMethod } from '#shared/model/authentication'
import { ok, type Result } from '#shared/result'
import { exchangeFailure, type AuthenticationMethod, type Exchange } from './exchange'
import { saslPrep } from './saslPrep'

export interface ScramCredentials {
  readonly username: string
  /** Undefined = none is known. */
  readonly password: string | undefined
  /** Default: 24 random bytes in Base64. Printable, without commas. */
  readonly nonce?: () => string
}

const derive = promisify(pbkdf2)

const hashes: Readonly<Record<ScramMethod, string>> = {
  'SCRAM-SHA-1': 'sha1',
  'SCRAM-SHA-256': 'sha256',
  'SCRAM-SHA-512': 'sha512',
}

/** RFC 5802 §5.1 and RFC 7677 §4: fewer make the password cheap to guess for whoever stands in for the server. */
const fewestIterations = 4_096
/** Some seconds of work: a server must not keep this computer busy for longer. */
const mostIterations = 5_000_000

/** No channel binding (RFC 5802 §7). */
const header = 'n,,'

/**
 * SCRAM (RFC 5802, RFC 7677) without channel binding: the password does not go over the wire, and the server proves that it
 * knows it too. `begin` fails where SASLprep does not take the user name or the password.
 */
export const scramMethod = (name: ScramMethod, credentials: ScramCredentials): AuthenticationMethod => ({
  name,
  begin: () => {
    const { username, password, nonce = () => randomBytes(24).toString('base64') } = credentials
    if (password === undefined) return exchangeFailure('noPassword', 'SCRAM needs a password.')
    const prepared = { username: saslPrep(username), password: saslPrep(password) }
    if (prepared.username === null || prepared.password === null)
      return exchangeFailure('unprepared', 'SASLprep does not take the user name or the password.')
    const own = { username: prepared.username, password: prepared.password, nonce: nonce() }
    return ok(scramExchange(hashes[name], own))
  },
})

interface OwnPart {
  readonly username: string
  readonly password: string
  readonly nonce: string
}

const scramExchange = (hash: string, own: OwnPart): Exchange => {
  const firstBare = `n=${own.username.replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${own.nonce}`
  let serverSignature: Buffer | null = null
  let isProved = false

  const proofFor = async (serverFirst: string): Promise<Result<Uint8Array>> => {
    const read = readServerFirst(serverFirst, own.nonce)
    if (!read.ok) return read
    const { nonce, salt, iterations } = read.value
    const withoutProof = `c=${Buffer.from(header).toString('base64')},r=${nonce}`
    const length = createHash(hash).digest().length
    const salted = await derive(own.password, salt, iterations, length, hash)
    const signed = `${firstBare},${serverFirst},${withoutProof}`
    const hmac = (key: Uint8Array, text: string) => createHmac(hash, key).update(text).digest()
    const clientKey = hmac(salted, 'Client Key')
    const signature = hmac(createHash(hash).update(clientKey).digest(), signed)
    serverSignature = hmac(hmac(salted, 'Server Key'), signed)
    const proof = clientKey.map((byte, index) => byte ^ (signature[index] ?? 0))
    return ok(Buffer.from(`${withoutProof},p=${Buffer.from(proof).toString('base64')}`))
  }
  const check = (serverFinal: string): Result<null> => {
    const error = /^e=([^,]*)/.exec(serverFinal)?.[1]
    if (error !== undefined)
      return exchangeFailure('serverError', `The server ended SCRAM: ${error}`, { reason: error.slice(0, 200) })
    const given = Buffer.from(/^v=([^,]*)/.exec(serverFinal)?.[1] ?? '', 'base64')
    const isRight =
      serverSignature !== null && given.length === serverSignature.length && timingSafeEqual(given, serverSignature)
    if (!isRight) return exchangeFailure('signature', 'The signature of the server is wrong.')
    isProved = true
    return ok(null)
  }

  return {
    data: Buffer.from(`${header}${firstBare}`),
    answer: async ({ data }) => {
      const text = Buffer.from(data ?? []).toString('utf8')
      if (serverSignature === null) return proofFor(text)
      const checked = check(text)
      return checked.ok ? ok(null) : checked
    },
    finish: (data) => {
      if (isProved && (data === null || data.length === 0)) return null
      if (data === null)
        return exchangeFailure('unproved', 'The server did not prove that it knows the password.').error
      const checked = check(Buffer.from(data).toString('utf8'))
      return checked.ok ? null : checked.error
    },
  }
}

interface ServerFirst {
  readonly nonce: string
  readonly salt: Buffer
  readonly iterations: number
}

/** RFC 5802 §7, server-first-message: a mandatory extension (`m=`) that is not known ends the exchange. */
const readServerFirst = (text: string, ownNonce: string): Result<ServerFirst> => {
  const error = /^e=([^,]*)/.exec(text)?.[1]
  if (error !== undefined)
    return exchangeFailure('serverError', `The server ended SCRAM: ${error}`, { reason: error.slice(0, 200) })
  const found = /^r=([\x21-\x2b\x2d-\x7e]+),s=([A-Za-z0-9+/]+={0,2}),i=([1-9][0-9]{0,9})(?:,[^]*)?$/.exec(text)
  const [, nonce = '', salt = '', iterations = ''] = found ?? []
  if (!found) return exchangeFailure('malformed', 'The first message of the server is not one of SCRAM.')
  if (!nonce.startsWith(ownNonce) || nonce.length === ownNonce.length)
    return exchangeFailure('nonce', 'The nonce of the server does not begin with ours.')
  const count = Number(iterations)
  if (count < fewestIterations || count > mostIterations)
    return exchangeFailure('iterations', `The server asks for ${count} iterations.`, {
      count,
      fewest: fewestIterations,
      most: mostIterations,
    })
  return ok({ nonce, salt: Buffer.from(salt, 'base64'), iterations: count })
}
