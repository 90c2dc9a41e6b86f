import type { Language } from '#shared/model/settings'

interface Catalogue {
  readonly [key: string]: string | Catalogue
}

const files = import.meta.glob<Catalogue>('./*/*.json', { eager: true, import: 'default' })

/** `./en/log.json` becomes the namespace `log` of English. */
const catalogueOf = (language: Language): Catalogue =>
  Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => path.startsWith(`./${language}/`))
      .map(([path, messages]) => [path.slice(language.length + 3, -'.json'.length), messages]),
  )

export const catalogues: Readonly<Record<Language, Catalogue>> = {
  en: catalogueOf('en'),
  'zh-CN': catalogueOf('zh-CN'),
  'zh-TW': catalogueOf('zh-TW'),
}
