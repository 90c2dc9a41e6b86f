import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { inRepo } from '../lib/paths.mjs'

const wanted = /namespaces\?language=([\w-]+)$/
const made = '\0words:'

/**
 * `import { namespaces } from './namespaces?language=en'` gives the words of one language in place of all of them side by
 * side: a page needs one, and the others are as large. Without this plugin, as in tests, it gives all of them.
 * @returns {import('vite').Plugin}
 */
export const oneLanguage = () => ({
  name: 'one-language',
  enforce: 'pre',
  resolveId: {
    filter: { id: wanted },
    handler: (id) => `${made}${wanted.exec(id)?.[1] ?? ''}`,
  },
  load: {
    filter: { id: /^\0words:/ },
    async handler(id) {
      const list = inRepo('shared', 'i18n', 'namespaces.ts')
      const files = [...(await readFile(list, 'utf8')).matchAll(/from '\.\/(\w+\.json)'/g)].map(([, file = '']) => file)
      const words = await Promise.all(
        files.map(async (file) => {
          const path = inRepo('shared', 'i18n', file)
          this.addWatchFile(path)
          return [basename(file, '.json'), inLanguage(JSON.parse(await readFile(path, 'utf8')), id.slice(made.length))]
        }),
      )
      // A text is read faster than an object that is written out.
      const text = JSON.stringify(JSON.stringify(Object.fromEntries(words)))
      return { code: `export const namespaces = JSON.parse(${text})`, moduleType: 'js' }
    },
  },
})

/** @param {any} tree messages in all languages @param {string} language @returns {unknown} */
const inLanguage = (tree, language) =>
  typeof tree[language] === 'string'
    ? tree[language]
    : Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, inLanguage(value, language)]))
