import { useId, type ClipboardEventHandler, type Ref } from 'react'
import { useTranslations } from 'use-intl'
import { TextField } from '../../ui/fields'
import { FilterProblemNote } from '../../mqttUi/FilterProblemNote'
import { FilterRemarks } from '../../mqttUi/FilterRemarks'
import { HiddenNote } from '../../ui/HiddenNote'
import type { MarkedProblem } from '../../mqttUi/markedProblem'
import styles from './subscriptions.module.css'

export interface FilterFieldProps {
  /** Default: what it is. */
  readonly label?: string
  readonly value: string
  readonly onPaste?: ClipboardEventHandler<HTMLInputElement>
  readonly onChange: (value: string) => void
  /** What to complain about now; null = nothing. */
  readonly marked: MarkedProblem | null
  readonly hideLabel?: boolean
  /** As `FilterRemarks` takes it. */
  readonly onRemarks?: (isShown: boolean) => void
  readonly inputRef?: Ref<HTMLInputElement>
}

export function FilterField({
  label,
  value,
  onPaste,
  onChange,
  marked,
  hideLabel,
  onRemarks,
  inputRef,
}: FilterFieldProps) {
  const t = useTranslations('subscriptions')
  const noteId = useId()
  return (
    <div className={styles.filterField}>
      <TextField
        label={label ?? t('filter')}
        placeholder={t('filterPlaceholder')}
        value={value}
        onChange={onChange}
        mono
        hideLabel={hideLabel ?? false}
        {...(onPaste && { onPaste })}
        {...(inputRef ? { inputRef } : {})}
        aria-describedby={`${noteId} ${noteId}-remarks`}
        {...(marked ? { 'aria-invalid': true } : {})}
      />
      {marked ? <FilterProblemNote id={noteId} marked={marked} /> : <HiddenNote id={noteId} text={value} />}
      <FilterRemarks id={`${noteId}-remarks`} filter={value} {...(onRemarks && { onShown: onRemarks })} />
    </div>
  )
}
