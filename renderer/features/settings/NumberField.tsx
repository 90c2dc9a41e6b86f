import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { settingsState } from '../../state/settings'
import { useApp, useAppObject } from '../../state/useApp'
import { TextField } from '../../ui/fields'
import type { NumberSetting } from './settingField'

/** A number that takes effect on leaving the field, Enter, or as its dialog closes: half a number typed must not evict anything. */
export function NumberField({ field }: { readonly field: NumberSetting }) {
  const t = useTranslations('settings')
  const save = useApp(settingsState, (state) => state.save)
  const app = useAppObject()
  const [text, setText] = useState(() => field.textOf(app.get(settingsState).settings))
  const change = field.parse(text)
  const commit = () => {
    const { settings } = app.get(settingsState)
    // The text may be rounder than what is stored: left as it was, it changes nothing.
    if (!change || text === field.textOf(settings) || change[field.key] === settings[field.key]) return
    void save(change)
  }
  const latest = useRef(commit)
  useEffect(() => {
    latest.current = commit
  })
  useEffect(() => () => latest.current(), [])
  return (
    <div onBlur={commit} onKeyDown={({ key }) => key === 'Enter' && commit()}>
      <TextField
        label={t(field.label)}
        value={text}
        onChange={setText}
        inputMode="decimal"
        hint={t(field.hint)}
        {...(field.placeholder === undefined ? {} : { placeholder: t(field.placeholder) })}
        {...(change ? {} : { error: t(field.problem, field.range) })}
      />
    </div>
  )
}
