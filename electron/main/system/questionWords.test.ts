import { describe, expect, it } from 'vitest'
import { languages } from '#shared/model/settings'
import { questionWords } from './questionWords'

describe.each(languages)('the system’s question in %s', (language) => {
  it('has words for each, and names every file', () => {
    const stored = questionWords({ kind: 'storeSecretsReadable' }, language)
    const read = questionWords({ kind: 'readTypedFiles', paths: ['/a/ca.pem', '/b/me.key'] }, language)
    for (const words of [stored, read]) for (const text of Object.values(words)) expect(text).not.toBe('')
    expect(stored.message).not.toBe(read.message)
    expect(read.detail).toContain('/a/ca.pem\n/b/me.key')
  })

  it('shows what hides in a path, and both ends of a long one', () => {
    const paths = ['/home/\u202emep.ac', '/a\nb', `/${'x'.repeat(4_000)}/end.pem`]
    const { detail } = questionWords({ kind: 'readTypedFiles', paths }, language)
    expect(detail).toContain('/home/\\u{202e}mep.ac\n/a\\u{a}b\n/xxx')
    expect(detail).toContain('/end.pem')
    expect(detail.length).toBeLessThan(800)
  })
})
