import { File, FolderOpen, Search } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useApp } from '../../state/useApp'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/fields'
import { importingState } from './importingState'
import styles from './importing.module.css'

/** Where connections come from. Dropping files anywhere does the same. */
export function ImportSources() {
  const t = useTranslations('importing')
  const { isBusy, chooseFiles, look } = useApp(importingState, (state) => state)
  return (
    <div className={styles.sources}>
      <Button icon={<File size={14} />} disabled={isBusy} onClick={() => void chooseFiles('files')}>
        {t('files')}
      </Button>
      <Button icon={<FolderOpen size={14} />} disabled={isBusy} onClick={() => void chooseFiles('folder')}>
        {t('folder')}
      </Button>
      <Button icon={<Search size={14} />} disabled={isBusy} onClick={() => void look()}>
        {t('look')}
      </Button>
      <PastedText />
    </div>
  )
}

/** What was read is taken out of the field at once, because a password may stand in it. */
function PastedText() {
  const t = useTranslations('importing')
  const readText = useApp(importingState, (state) => state.readText)
  const [text, setText] = useState('')
  const read = (given: string) => {
    setText('')
    if (given.trim() !== '') void readText(given)
  }
  const readOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    read(text)
  }
  return (
    <div className={styles.paste}>
      <TextField
        label={t('pasteLabel')}
        hideLabel
        mono
        value={text}
        placeholder={t('pastePlaceholder')}
        onChange={setText}
        onPaste={(event) => {
          // A field of one line would take the ends of the lines out of several commands.
          event.preventDefault()
          read(event.clipboardData.getData('text/plain'))
        }}
        onKeyDown={readOnEnter}
      />
      <Button disabled={text.trim() === ''} onClick={() => read(text)}>
        {t('read')}
      </Button>
    </div>
  )
}
