import { useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { TextField } from '../../../ui/fields'
import type { DraftForm } from './draftForm'
import styles from './paste.module.css'
import { ReadNote, type ReadNoteProps } from './ReadNote'

interface PasteFieldProps extends Omit<ReadNoteProps, 'reading'> {
  readonly form: DraftForm
  /** What was read last; null = nothing is shown of it. */
  readonly reading: ReadNoteProps['reading'] | null
}

/**
 * Takes an address or a command of mosquitto and fills the fields with it. What was read is taken out of the field at
 * once, because a password may stand in it.
 */
export function PasteField({ form, reading, ...note }: PasteFieldProps) {
  const t = useTranslations('profile.paste')
  const [text, setText] = useState('')
  const [isRefused, setRefused] = useState(false)
  const take = (given: string) => {
    const isTaken = form.takeOver(given, ['address', 'command'])
    setText(isTaken ? '' : given)
    setRefused(!isTaken && given.trim() !== '')
  }
  const takeOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || text.trim() === '') return
    // Enter fills the fields, and saves them not yet.
    event.preventDefault()
    event.stopPropagation()
    take(text)
  }
  return (
    <div className={styles.paste}>
      <TextField
        label={t('label')}
        mono
        value={text}
        placeholder={t('placeholder')}
        onChange={(typed) => {
          setText(typed)
          setRefused(false)
        }}
        onPaste={(event) => {
          // A field of one line would take the ends of its lines out of a command.
          event.preventDefault()
          take(event.clipboardData.getData('text/plain'))
        }}
        onKeyDown={takeOnEnter}
        onBlur={() => text.trim() !== '' && take(text)}
        error={isRefused ? t('refused') : undefined}
      />
      {reading ? <ReadNote reading={reading} {...note} /> : null}
    </div>
  )
}
