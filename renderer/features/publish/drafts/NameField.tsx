import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useConnection } from '../../../state/useConnection'
import type { DraftTab } from '../composer/draft'
import styles from '../publish.module.css'
import { publishState } from '../publishState'

interface NameFieldProps {
  /** The one that is shown. */
  readonly draft: DraftTab
  /** Called once; `byKey` = the person goes on with the keyboard. */
  readonly onDone: (byKey: boolean) => void
}

/** Takes the place of a tab: Enter and leaving it name the draft, Escape leaves its name as it was. */
export function NameField({ draft, onDone }: NameFieldProps) {
  const t = useTranslations('publish.drafts')
  const renameDraft = useConnection(publishState, (state) => state.renameDraft)
  const [name, setName] = useState(draft.name)
  // To go takes the focus along, and leaving the field would name the draft once more.
  const isDone = useRef(false)
  const done = (isTaken: boolean, byKey: boolean) => {
    if (isDone.current) return
    isDone.current = true
    if (isTaken && name.trim() !== draft.name) renameDraft(name)
    onDone(byKey)
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
    event.preventDefault()
    event.stopPropagation()
    done(event.key === 'Enter', true)
  }
  return (
    <input
      autoFocus
      aria-label={t('name')}
      maxLength={200}
      spellCheck={false}
      autoComplete="off"
      placeholder={t('nameExample')}
      className={styles.tabField}
      value={name}
      onChange={(event) => setName(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={() => done(true, false)}
      onKeyDown={handleKey}
    />
  )
}
