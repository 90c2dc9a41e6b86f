import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { languageFor } from '../system/systemLanguage'
import { contentTypeOf, fileInside } from './staticFile'

const root = resolve('/srv/page')

describe('fileInside', () => {
  it('answers files below the folder', () => {
    expect(fileInside(root, '/assets/a%20b.js')).toBe(join(root, 'assets', 'a b.js'))
  })
  it.each([
    '/../secret',
    '/%2e%2e/secret',
    '/a/..%2f..%2fsecret',
    '/..%5csecret',
    '/',
    '',
    '/a%00b',
    '/%zz',
    '/../pagesecret',
  ])('answers nothing for %s', (path) => expect(fileInside(root, path)).toBeNull())
})

describe('contentTypeOf', () => {
  it('knows scripts and takes the rest for bytes', () => {
    expect(contentTypeOf('/a/index-1.js')).toContain('text/javascript')
    expect(contentTypeOf('/a/odd.xyz')).toBe('application/octet-stream')
  })
})

describe('languageFor', () => {
  it.each([
    ['en-US', 'en'],
    ['de_DE.UTF-8', 'en'],
    ['zh', 'zh-CN'],
    ['zh-CN', 'zh-CN'],
    ['zh-Hans-SG', 'zh-CN'],
    ['zh-TW', 'zh-TW'],
    ['zh_HK.UTF-8', 'zh-TW'],
    ['zh-Hant-MO', 'zh-TW'],
  ])('%s is %s', (locale, language) => expect(languageFor(locale)).toBe(language))
})
