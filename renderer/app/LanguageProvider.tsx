import { useEffect, useState, type ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import { loadedWords, loadWords } from '../i18n/loadedWords'
import { selectLanguage, settingsState } from '../state/settings'
import { useApp } from '../state/useApp'

/** The language of the settings, or the system's; switches at run time. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const wanted = useApp(settingsState, selectLanguage)
  const [{ language, words }, show] = useState(() => loadedWords(wanted))
  useEffect(() => {
    let isWanted = true
    void loadWords(wanted).then((loaded) => {
      if (isWanted) show(loaded)
    })
    return () => {
      isWanted = false
    }
  }, [wanted])
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  return (
    <IntlProvider locale={language} messages={words} timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}>
      {children}
    </IntlProvider>
  )
}
