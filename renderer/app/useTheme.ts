import { useEffect } from 'react'
import type { Settings } from '#shared/model/settings'
import { settingsState } from '../state/settings'
import { useApp } from '../state/useApp'

const darkSystem = '(prefers-color-scheme: dark)'
const contrastSystem = '(prefers-contrast: more)'

/** Says whether a media query holds now and whenever that changes. Returns its stop. */
const follow = (query: string, onChange: (holds: boolean) => void): (() => void) => {
  const media = window.matchMedia(query)
  const tell = () => onChange(media.matches)
  tell()
  media.addEventListener('change', tell)
  return () => media.removeEventListener('change', tell)
}

const showTheme = (isDark: boolean): void => {
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
}

const showContrast = (isHigh: boolean): void => {
  document.documentElement.dataset['contrast'] = isHigh ? 'high' : 'standard'
}

const applyTheme = (theme: Settings['theme']) =>
  theme === 'system' ? follow(darkSystem, showTheme) : showTheme(theme === 'dark')

const applyContrast = (contrast: Settings['contrast']) =>
  contrast === 'system' ? follow(contrastSystem, showContrast) : showContrast(contrast === 'high')

/** Gives the page theme and contrast of the settings, and keeps `system` in step with the system's; the window calls it once. */
export const useTheme = (): void => {
  const theme = useApp(settingsState, (state) => state.settings.theme)
  const contrast = useApp(settingsState, (state) => state.settings.contrast)
  useEffect(() => applyTheme(theme), [theme])
  useEffect(() => applyContrast(contrast), [contrast])
}
