import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { settingsState } from '../../state/settings'
import { useApp } from '../../state/useApp'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { CheckField, SelectField } from '../../ui/fields'
import { NumberField } from './NumberField'
import {
  isOffered,
  settingSections,
  type CheckSetting,
  type SelectSetting,
  type SettingField,
  type SettingSection,
} from './settingField'
import { settingFields } from './settingFields'
import styles from './settings.module.css'
import { settingsDialogState } from './settingsDialogState'

/** Settings of the whole application. Each takes effect as it is made, so there is nothing to save or lose. */
export function SettingsDialog() {
  const t = useTranslations('settings')
  const open = useApp(settingsDialogState, (state) => state.open)
  const close = useApp(settingsDialogState, (state) => state.close)
  const startsAt = useApp(settingsDialogState, (state) => state.startsAt)
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
      firstFocus={() =>
        sections.current?.querySelector<HTMLElement>(`[data-setting="${startsAt ?? ''}"] :is(input, button)`) ?? null
      }
      footer={
        <Button variant="primary" onClick={finish}>
          {t('done')}
        </Button>
      }
    >
      <div ref={sections} className={styles.sections}>
        {settingSections.map((section) => (
          <Section key={section} section={section} />
        ))}
      </div>
    </Dialog>
  )
}

/** Fields to fill in side by side, and below them what is ticked. */
function Section({ section }: { readonly section: SettingSection }) {
  const t = useTranslations('settings')
  const keyringAvailable = useApp(settingsState, (state) => state.keyringAvailable)
  const fields = settingFields.filter((field) => field.section === section && isOffered(field, { keyringAvailable }))
  const ticked = fields.filter(({ kind }) => kind === 'check')
  const filledIn = fields.filter(({ kind }) => kind !== 'check')
  if (fields.length === 0) return null
  return (
    <section className={styles.section}>
      <h3>{t(section)}</h3>
      {section === 'secrets' ? <p className={styles.explanation}>{t('noKeyring')}</p> : null}
      {filledIn.length > 0 ? (
        <div className={styles.pair}>
          {filledIn.map((field) => (
            <Field key={field.key} field={field} />
          ))}
        </div>
      ) : null}
      {ticked.map((field) => (
        <Field key={field.key} field={field} />
      ))}
    </section>
  )
}

function Field({ field }: { readonly field: SettingField }) {
  return (
    <div data-setting={field.key} className={styles.setting}>
      <FieldOfKind field={field} />
    </div>
  )
}

function FieldOfKind({ field }: { readonly field: SettingField }) {
  switch (field.kind) {
    case 'select':
      return <ChoiceField field={field} />
    case 'check':
      return <TickField field={field} />
    case 'number':
      return <NumberField field={field} />
    case 'own':
      return <field.Component />
  }
}

function ChoiceField({ field }: { readonly field: SelectSetting }) {
  const t = useTranslations('settings')
  const value = useApp(settingsState, ({ settings }) => settings[field.key])
  const save = useApp(settingsState, (state) => state.save)
  return (
    <SelectField<string>
      label={t(field.label)}
      value={value}
      // One of the options, which are the setting's own.
      onChange={(chosen) => void save({ [field.key]: chosen })}
      options={field.options.map(({ value: option, label }) => ({ value: option, label: t(label) }))}
    />
  )
}

function TickField({ field }: { readonly field: CheckSetting }) {
  const t = useTranslations('settings')
  const checked = useApp(settingsState, ({ settings }) => settings[field.key])
  const save = useApp(settingsState, (state) => state.save)
  return (
    <CheckField
      label={t(field.label)}
      hint={t(field.hint)}
      checked={checked}
      onChange={(ticked) => void save({ [field.key]: ticked })}
    />
  )
}
