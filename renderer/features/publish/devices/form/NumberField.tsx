import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { TextField } from '../../../../ui/fields'
import { formatCount } from '../../../../ui/format'

interface FieldProps {
  readonly label: string
  readonly value: number
  readonly limits: { readonly least: number; readonly most: number }
  /** What is no whole number within the limits is `NaN`. */
  readonly onChange: (value: number) => void
}

/** A whole number, as it is typed. */
export function NumberField({ label, value, limits: { least, most }, onChange }: FieldProps) {
  const t = useTranslations('devices.fields')
  const [typed, setTyped] = useState(String(value))
  const type = (text: string) => {
    setTyped(text)
    const number = Number(text)
    onChange(/^\s*\d+\s*$/.test(text) && number >= least && number <= most ? number : Number.NaN)
  }
  return (
    <TextField
      label={label}
      value={typed}
      inputMode="numeric"
      mono
      error={Number.isNaN(value) ? t('range', { least: formatCount(least), most: formatCount(most) }) : null}
      onChange={type}
    />
  )
}
