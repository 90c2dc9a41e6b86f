import { useEffect } from 'react'
import type { Settings } from '#shared/model/settings'
import { settingsState } from '../state/settings'
import { useApp } from '../state/useApp'

type Theme = Settings['theme']

const darkSystem = '(prefers-color-scheme: dark)'

/** Puts a theme on the page and keeps `system` in step with the system's. Returns its stop. */
const applyTheme = (theme: Theme, page: Window = window): (() => void) => {
  const root = page.document.documentElement
  if (theme !== 'system') {
    root.dataset['theme'] = theme
    return () => undefined
  }
  const query = page.matchMedia(darkSystem)
  const follow = () => {
    root.dataset['theme'] = query.matches ? 'dark' : 'light'
  }
  follow()
  query.addEventListener('change', follow)
  return () => query.removeEventListener('change', follow)
}

/** Gives the page the theme of the settings; the window calls it once. */
export const useTheme = (): void => {
  const theme = useApp(settingsState, (state) => state.settings.theme)
  useEffect(() => applyTheme(theme), [theme])
}
