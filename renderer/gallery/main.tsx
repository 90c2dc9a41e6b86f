import { Tooltip } from '@base-ui/react/tooltip'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { IntlProvider } from 'use-intl'
import { catalogues } from '#shared/i18n/catalogues'
import { languages, type Language } from '#shared/model/settings'
import '../ui/tokens.css'
import '../ui/base.css'
import { Gallery } from './Gallery'
import styles from './gallery.module.css'

const themes = ['light', 'dark'] as const

/** `?theme=dark` shows the widgets in one theme; without it two pages stand side by side, since a page has one theme. */
const start = (root: HTMLElement, query: URLSearchParams) => {
  const theme = themes.find((name) => name === query.get('theme'))
  const language = languages.find((name) => name === query.get('language')) ?? 'en'
  document.documentElement.dataset['theme'] = theme ?? 'light'
  document.documentElement.lang = language
  createRoot(root).render(
    <StrictMode>
      {theme ? (
        <IntlProvider locale={language} messages={catalogues[language]} timeZone="UTC">
          <Tooltip.Provider>
            <Gallery theme={theme} />
          </Tooltip.Provider>
        </IntlProvider>
      ) : (
        <SideBySide language={language} />
      )}
    </StrictMode>,
  )
}

function SideBySide({ language }: { readonly language: Language }) {
  return (
    <main className={styles.sideBySide}>
      {themes.map((theme) => (
        <iframe key={theme} title={theme} src={`?theme=${theme}&language=${language}`} />
      ))}
    </main>
  )
}

const root = document.getElementById('root')
if (root) start(root, new URLSearchParams(location.search))
