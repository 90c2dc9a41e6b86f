import { useEffect, type ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import { useApp } from '../store/useApp'
import { catalogues } from './catalogues'

/** The language of the settings, or the system's; switches at run time. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const language = useApp((state) => state.settings.language ?? state.systemLanguage)
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
