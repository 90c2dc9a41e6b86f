import type { Language } from '#shared/model/settings'

const traditional = /^zh[-_](hant|tw|hk|mo)(?![a-z])/i

/** Our language for a system's locale, e.g. `zh-Hant-HK` or `de_DE.UTF-8`. */
export const languageFor = (locale: string): Language => {
  if (!/^zh(?![a-z])/i.test(locale)) return 'en'
  return traditional.test(locale) ? 'zh-TW' : 'zh-CN'
}
