import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { languages, type Language, type Settings } from '#shared/model/settings'
import { settingsState } from '../../state/settings'
import { useApp } from '../../state/useApp'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { CheckField, SelectField } from '../../ui/fields'
import { NumberSetting } from './NumberSetting'
import {
  budgetNumber,
  budgetRange,
  packetNumber,
  packetRange,
  rowLimitNumber,
  rowLimitRange,
  topicLimitNumber,
  topicLimitRange,
} from './settingNumbers'
import styles from './settings.module.css'
import { settingsDialogState } from './settingsDialogState'

/** Each language by its own name, so that it can be found whatever the window speaks. */
const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文', 'zh-TW': '繁體中文' }

function AppearanceSettings() {
  const t = useTranslations('settings')
  const theme = useApp(settingsState, (state) => state.settings.theme)
  const language = useApp(settingsState, (state) => state.settings.language)
  const systemLanguage = useApp(settingsState, (state) => state.systemLanguage)
  const save = useApp(settingsState, (state) => state.save)
  const themes = (['system', 'light', 'dark'] as const satisfies readonly Settings['theme'][]).map((value) => ({
    value,
    label: t(`themes.${value}`),
  }))
  const system = t('systemLanguage', { language: languageNames[systemLanguage] })
  return (
    <section className={styles.section}>
      <h3>{t('appearance')}</h3>
      <div className={styles.pair}>
        <SelectField
          label={t('theme')}
          value={theme}
          onChange={(next) => void save({ theme: next })}
          options={themes}
        />
        <SelectField<Language | 'system'>
          label={t('language')}
          value={language ?? 'system'}
          onChange={(next) => void save({ language: next === 'system' ? null : next })}
          options={[
            { value: 'system', label: system },
            ...languages.map((value) => ({ value, label: languageNames[value] })),
          ]}
        />
      </div>
    </section>
  )
}

function MessageSettings() {
  const t = useTranslations('settings')
  const settings = useApp(settingsState, (state) => state.settings)
  const { logBudgetBytes, logRowLimit, topicLimit, maximumPacketBytes, showCopies } = settings
  const save = useApp(settingsState, (state) => state.save)
  return (
    <section className={styles.section}>
      <h3>{t('messages')}</h3>
      <div className={styles.pair}>
        <NumberSetting
          label={t('logBudget')}
          hint={t('logBudgetHint')}
          problem={t('wholeRange', budgetRange)}
          format={budgetNumber}
          stored={logBudgetBytes}
          onSave={(bytes) => void save({ logBudgetBytes: bytes })}
        />
        <NumberSetting
          label={t('rowLimit')}
          hint={t('rowLimitHint')}
          problem={t('rowLimitRange', rowLimitRange)}
          placeholder={t('noLimit')}
          format={rowLimitNumber}
          stored={logRowLimit}
          onSave={(rows) => void save({ logRowLimit: rows })}
        />
        <NumberSetting
          label={t('topicLimit')}
          hint={t('topicLimitHint')}
          problem={t('wholeRange', topicLimitRange)}
          format={topicLimitNumber}
          stored={topicLimit}
          onSave={(topics) => void save({ topicLimit: topics })}
        />
        <NumberSetting
          label={t('packetLimit')}
          hint={t('packetLimitHint')}
          problem={t('packetLimitRange', packetRange)}
          format={packetNumber}
          stored={maximumPacketBytes}
          onSave={(bytes) => void save({ maximumPacketBytes: bytes })}
        />
      </div>
      <CheckField
        label={t('showCopies')}
        hint={t('showCopiesHint')}
        checked={showCopies}
        onChange={(checked) => void save({ showCopies: checked })}
      />
    </section>
  )
}

function SecretsSetting() {
  const t = useTranslations('settings')
  const stored = useApp(settingsState, (state) => state.settings.storeSecretsWithoutKeyring)
  const save = useApp(settingsState, (state) => state.save)
  return (
    <section className={styles.section}>
      <h3>{t('secrets')}</h3>
      <p className={styles.explanation}>{t('noKeyring')}</p>
      <CheckField
        label={t('storeSecrets')}
        checked={stored}
        onChange={(checked) => void save({ storeSecretsWithoutKeyring: checked })}
        hint={t('storeSecretsHint')}
      />
    </section>
  )
}

/** Settings of the whole application. Each takes effect as it is made, so there is nothing to save or lose. */
export function SettingsDialog() {
  const t = useTranslations('settings')
  const open = useApp(settingsDialogState, (state) => state.open)
  const close = useApp(settingsDialogState, (state) => state.close)
  const keyringAvailable = useApp(settingsState, (state) => state.keyringAvailable)
  const sections = useRef<HTMLDivElement>(null)
  const finish = () => {
    const wrong = sections.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    if (wrong) wrong.focus()
    else close()
  }
  return (
    <Dialog
      title={t('title')}
      open={open}
      onClose={close}
      footer={
        <Button variant="primary" onClick={finish}>
          {t('done')}
        </Button>
      }
    >
      <div ref={sections} className={styles.sections}>
        <AppearanceSettings />
        <MessageSettings />
        {keyringAvailable ? null : <SecretsSetting />}
      </div>
    </Dialog>
  )
}
