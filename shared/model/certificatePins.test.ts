import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { readPin, readPins } from './certificatePins'

const digest = (text: string) => createHash('sha256').update(text).digest()

it('reads a pin however tools write it', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const bytes = digest(text)
      const hex = bytes.toString('hex')
      const pairs = hex.toUpperCase().match(/../g) ?? []
      const base64 = bytes.toString('base64')
      const written = [
        hex,
        ` ${hex.toUpperCase()} `,
        pairs.join(':'),
        pairs.join(' '),
        `SHA256:${pairs.join(':')}`,
        `sha256 Fingerprint=${pairs.join(':')}`,
        base64,
        base64.slice(0, -1),
        bytes.toString('base64url'),
        `sha256/${base64}`,
        `sha256//${base64}`,
      ]
      expect(written.map(readPin)).toEqual(written.map(() => hex))
    }),
  )
})

it('takes nothing else for a pin', () => {
  const sha1 = createHash('sha1').update('a').digest('hex')
  const bits = `${digest('a').toString('base64').slice(0, 42)}/`
  for (const text of ['', 'abc', sha1, `${'0'.repeat(63)}g`, '0'.repeat(65), bits, 'MD5:00'])
    expect(readPin(text)).toBeNull()
})

it('reads several, and none of them where one is wrong', () => {
  const [one, other] = [digest('1').toString('hex'), digest('2').toString('hex')]
  expect(readPins(`${one}, ${other}\n`)).toEqual([one, other])
  expect(readPins('')).toEqual([])
  expect(readPins(`${one}, nonsense`)).toBeNull()
})
