import { expect, it } from 'vitest'
import { build } from 'vite'
import { inRepo } from '../build/lib/paths.mjs'
import { oneLanguage } from '../build/vite/oneLanguage.mjs'
import { catalogues } from '#shared/i18n/catalogues'

/** The module that a page would load, run. */
const builtWords = async (file: string, name: string): Promise<unknown> => {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    plugins: [oneLanguage()],
    ssr: { noExternal: true },
    build: { ssr: inRepo('shared', 'i18n', file), write: false, minify: false },
  })
  if (!('output' in built)) throw new Error('It has no output.')
  const { code } = built.output[0]
  const loaded = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as Record<string, unknown>
  return loaded[name]
}

it.each([
  ['english.ts', 'english', 'en'],
  ['simplifiedChinese.ts', 'simplifiedChinese', 'zh-CN'],
  ['traditionalChinese.ts', 'traditionalChinese', 'zh-TW'],
] as const)('the page gets the words of one language as the catalogue has them: %s', async (file, name, language) => {
  expect(await builtWords(file, name)).toEqual(catalogues[language])
})
