import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { scramMethods, type ScramMethod } from '#shared/model/authentication'
import type { Exchange } from './exchange'
import { scramMethod } from './scram'

const begin = (method: ScramMethod, nonce: string, given = { username: 'user', password: 'pencil' }): Exchange => {
  const begun = scramMethod(method, { ...given, nonce: () => nonce }).begin()
  if (!begun.ok) throw new Error(begun.error.message)
  return begun.value
}
const textOf = (data: Uint8Array | null) => Buffer.from(data ?? []).toString()
const answerTo = async (exchange: Exchange, text: string, step = 1) => {
  const answer = await exchange.answer({ step, data: Buffer.from(text), reason: '' })
  return answer.ok ? textOf(answer.value) : answer.error.values?.['detail']
}
const verdict = (exchange: Exchange, text: string | null) =>
  exchange.finish(text === null ? null : Buffer.from(text))?.values?.['detail'] ?? null

describe('the exchanges printed in the standards', () => {
  it('RFC 5802 §5, SCRAM-SHA-1', async () => {
    const exchange = begin('SCRAM-SHA-1', 'fyko+d2lbbFgONRv9qkxdawL')
    expect(textOf(exchange.data)).toBe('n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL')
    const nonce = 'fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j'
    expect(await answerTo(exchange, `r=${nonce},s=QSXCR+Q6sek8bf92,i=4096`)).toBe(
      `c=biws,r=${nonce},p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=`,
    )
    expect(verdict(exchange, 'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=')).toBeNull()
  })

  it('RFC 7677 §3, SCRAM-SHA-256', async () => {
    const exchange = begin('SCRAM-SHA-256', 'rOprNGfwEbeRWgbNEkqO')
    const nonce = 'rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0'
    expect(await answerTo(exchange, `r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`)).toBe(
      `c=biws,r=${nonce},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=`,
    )
    expect(verdict(exchange, 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBeNull()
  })
})

const hashes = { 'SCRAM-SHA-1': 'sha1', 'SCRAM-SHA-256': 'sha256', 'SCRAM-SHA-512': 'sha512' }

/** The server's side of RFC 5802 §3: it knows StoredKey and ServerKey alone. */
const serverOf = (method: ScramMethod, password: string, salt: Buffer) => {
  const hash = hashes[method]
  const salted = pbkdf2Sync(password, salt, 4_096, createHash(hash).digest().length, hash)
  const storedKey = createHash(hash).update(createHmac(hash, salted).update('Client Key').digest()).digest()
  const serverKey = createHmac(hash, salted).update('Server Key').digest()
  return (signed: string, proof: Buffer) => {
    const signature = createHmac(hash, storedKey).update(signed).digest()
    const clientKey = signature.map((byte, index) => byte ^ (proof[index] ?? 0))
    const isRight = createHash(hash).update(clientKey).digest().equals(storedKey)
    return isRight ? `v=${createHmac(hash, serverKey).update(signed).digest('base64')}` : 'e=invalid-proof'
  }
}

describe.each(scramMethods)('%s with a server of its own', (method) => {
  const first = 'r=abcdef,s=c2FsdA==,i=4096'
  const exchanged = async (given: { readonly username: string; readonly password: string }, known: string) => {
    const exchange = begin(method, 'abc', given)
    const last = String(await answerTo(exchange, first))
    const [withoutProof = '', proof = ''] = last.split(',p=')
    const signed = [textOf(exchange.data).slice(3), first, withoutProof].join(',')
    return { exchange, said: serverOf(method, known, Buffer.from('salt'))(signed, Buffer.from(proof, 'base64')) }
  }

  it('proves the password, and takes the proof of the server once', async () => {
    const { exchange, said } = await exchanged({ username: 'a=b,c', password: 'pass\u00adword' }, 'password')
    expect(textOf(exchange.data)).toBe('n,,n=a=3Db=2Cc,r=abc')
    expect(said).toMatch(/^v=/)
    expect(await answerTo(exchange, said, 2)).toBe('')
    expect(verdict(exchange, null)).toBeNull()
  })

  it('is told of a wrong password, and does not believe a server that does not know it', async () => {
    const { exchange, said } = await exchanged({ username: 'me', password: 'wrong' }, 'right')
    expect(said).toBe('e=invalid-proof')
    expect(verdict(exchange, said)).toBe('serverError')
    expect(verdict(exchange, `v=${Buffer.alloc(20).toString('base64')}`)).toBe('signature')
    expect(verdict(exchange, null)).toBe('unproved')
  })
})

it('refuses what a server must not send', async () => {
  const answers = ['r=xyz,s=cw==,i=4096', 'r=abc,s=cw==,i=4096', 'r=abcd,s=cw==,i=4095', 'r=abcd,s=cw==,i=5000001']
  const others = ['', 'm=1,r=abcd,s=cw==,i=4096', 'r=abcd,i=4096,s=cw==', 'e=unknown-user']
  const verdicts = []
  for (const text of [...answers, ...others]) verdicts.push(await answerTo(begin('SCRAM-SHA-256', 'abc'), text))
  expect(verdicts).toEqual([
    'nonce',
    'nonce',
    'iterations',
    'iterations',
    'malformed',
    'malformed',
    'malformed',
    'serverError',
  ])
})

it('does not begin without a password, nor with one that SASLprep forbids', () => {
  const details = [undefined, 'bell\u0007'].map((password) => {
    const begun = scramMethod('SCRAM-SHA-1', { username: 'me', password }).begin()
    return begun.ok ? null : begun.error.values?.['detail']
  })
  expect(details).toEqual(['noPassword', 'unprepared'])
})
