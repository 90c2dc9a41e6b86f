import type { Language } from '#shared/model/settings'
import type { Words } from '#shared/i18n/words'

declare module 'use-intl' {
  /** Makes a key that no catalogue has a mistake of the types. */
  interface AppConfig {
    readonly Locale: Language
    readonly Messages: Words
  }
}
