import { expect, it } from 'vitest'
import { catalogues } from '#shared/i18n/catalogues'
import { languages } from '#shared/model/settings'
import { loadedWords, loadWords } from './loadedWords'

it('has English until the words of a language are loaded', async () => {
  expect(loadedWords('zh-TW')).toEqual({ language: 'en', words: catalogues.en })
  await loadWords('zh-TW')
  expect(loadedWords('zh-TW')).toEqual({ language: 'zh-TW', words: catalogues['zh-TW'] })
})

it.each(languages)('loads the words of the catalogue: %s', async (language) => {
  expect(await loadWords(language)).toEqual({ language, words: catalogues[language] })
})
