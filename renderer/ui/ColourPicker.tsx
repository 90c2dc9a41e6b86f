import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { colourNames, type ColourName } from '#shared/model/colour'
import styles from './pieces.module.css'

export interface ColourPickerProps {
  readonly label: string
  readonly value: ColourName
  readonly onChange: (colour: ColourName) => void
}

export function ColourPicker({ label, value, onChange }: ColourPickerProps) {
  const t = useTranslations('ui')
  const name = useId()
  return (
    <fieldset className={styles.colourPicker}>
      <legend>{label}</legend>
      {colourNames.map((colour) => (
        <label key={colour} className={styles.colourChoice} data-colour={colour} title={t(`colours.${colour}`)}>
          <input
            type="radio"
            name={name}
            aria-label={t(`colours.${colour}`)}
            checked={colour === value}
            onChange={() => onChange(colour)}
          />
        </label>
      ))}
    </fieldset>
  )
}
