import { useEffect, useRef, useState } from 'react'
import { TextField } from '../../ui/fields'
import type { SettingNumber } from './settingNumbers'

interface NumberSettingProps<Value> {
  readonly label: string
  readonly hint: string
  /** What is said while the text is not allowed. */
  readonly problem: string
  readonly placeholder?: string
  readonly format: SettingNumber<Value>
  readonly stored: Value
  readonly onSave: (value: Value) => void
}

/** A setting that takes effect on leaving the field, Enter, or as its dialog closes: half a number typed must not evict anything. */
export function NumberSetting<Value>(props: NumberSettingProps<Value>) {
  const { label, hint, problem, placeholder, format, stored, onSave } = props
  const [text, setText] = useState(() => format.text(stored))
  const parsed = format.parse(text)
  const saved = useRef(stored)
  const commit = () => {
    // The text may be rounder than what is stored: left as it was, it changes nothing.
    if (!parsed || text === format.text(saved.current) || parsed.value === saved.current) return
    saved.current = parsed.value
    onSave(parsed.value)
  }
  const latest = useRef(commit)
  useEffect(() => {
    latest.current = commit
  })
  useEffect(() => () => latest.current(), [])
  return (
    <div onBlur={commit} onKeyDown={({ key }) => key === 'Enter' && commit()}>
      <TextField
        label={label}
        value={text}
        onChange={setText}
        inputMode="decimal"
        hint={hint}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(parsed ? {} : { error: problem })}
      />
    </div>
  )
}
