import { useTranslations } from 'use-intl'
import { languages, type Language } from '#shared/model/settings'
import { settingsState } from '../../state/settings'
import { useApp } from '../../state/useApp'
import { SelectField } from '../../ui/fields'

/** Each language by its own name, so that it can be found whatever the window speaks. */
const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文', 'zh-TW': '繁體中文' }

/** A language, or the system's, which is named. */
export function LanguageField() {
  const t = useTranslations('settings')
  const language = useApp(settingsState, ({ settings }) => settings.language)
  const systemLanguage = useApp(settingsState, (state) => state.systemLanguage)
  const save = useApp(settingsState, (state) => state.save)
  return (
    <SelectField<Language | 'system'>
      label={t('language')}
      value={language ?? 'system'}
      onChange={(next) => void save({ language: next === 'system' ? null : next })}
      options={[
        { value: 'system', label: t('systemLanguage', { language: languageNames[systemLanguage] }) },
        ...languages.map((value) => ({ value, label: languageNames[value] })),
      ]}
    />
  )
}
