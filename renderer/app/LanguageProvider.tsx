import { useEffect, type ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import { catalogues } from '#shared/i18n/catalogues'
import { selectLanguage, settingsState } from '../state/settings'
import { useApp } from '../state/useApp'

/** The language of the settings, or the system's; switches at run time. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const language = useApp(settingsState, selectLanguage)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  return (
    <IntlProvider
      locale={language}
      messages={catalogues[language]}
      timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}
    >
      {children}
    </IntlProvider>
  )
}
