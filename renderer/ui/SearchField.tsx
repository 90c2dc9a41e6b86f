import type { Ref } from 'react'
import { TextField } from './fields'
import { keyOf } from './keyOf'

export interface SearchFieldProps {
  readonly label: string
  /** Absent = the label. */
  readonly placeholder?: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly inputRef?: Ref<HTMLInputElement>
}

/**
 * Narrows a list by what is typed. The first Escape ends the composition of an input method or empties the field; only the next
 * one is for what is around it, e.g. a window that it closes.
 */
export function SearchField({ placeholder, value, onChange, ...rest }: SearchFieldProps) {
  return (
    <TextField
      {...rest}
      type="search"
      hideLabel
      placeholder={placeholder ?? rest.label}
      value={value}
      onChange={onChange}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || value === '') return
        event.stopPropagation()
        if (keyOf(event) === 'Escape') onChange('')
      }}
    />
  )
}
