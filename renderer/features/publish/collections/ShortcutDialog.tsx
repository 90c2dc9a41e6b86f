import { useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { labelOf } from '../../../actions/action'
import { useActions } from '../../../actions/useActions'
import { usePhrase } from '../../../i18n/usePhrase'
import { useApp, useAppObject } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { TextField } from '../../../ui/fields'
import { shortcutOfPress, shortcutText } from '../../../ui/shortcut'
import { collectionsBeside, collectionsState, selectMessage } from './collectionsState'

interface ShortcutDialogProps {
  readonly collectionId: string
  readonly messageId: string
  readonly onClose: () => void
}

/** Asks for the keys that send a message; says what has them already. */
export function ShortcutDialog({ collectionId, messageId, onClose }: ShortcutDialogProps) {
  const t = useTranslations('collections')
  const message = useApp(collectionsState, selectMessage(collectionId, messageId))
  const save = useApp(collectionsState, (state) => state.save)
  const [keys, setKeys] = useState(message?.shortcut ?? '')
  const holder = useHolder(messageId)(keys)
  const shown = keys === '' ? t('shortcut.none') : shortcutText(keys)
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Backspace') setKeys('')
    else {
      const pressed = shortcutOfPress(event.nativeEvent)
      if (!pressed) return
      setKeys(pressed)
    }
    event.preventDefault()
    event.stopPropagation()
  }
  if (!message) return null
  return (
    <Dialog
      title={t('titles.shortcut', { name: visibleName(message.name) })}
      open
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            variant="primary"
            disabled={holder !== null}
            onClick={() => {
              save(collectionId, [{ ...message, shortcut: keys }])
              onClose()
            }}
          >
            {t('save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('shortcut.label')}
        value={shown}
        onChange={() => undefined}
        onKeyDown={press}
        hint={t('shortcut.hint')}
        error={holder === null ? null : t('shortcut.taken', { keys: shown, by: holder })}
      />
    </Dialog>
  )
}

/** What has the keys already; null = nothing has. */
const useHolder = (messageId: string): ((keys: string) => string | null) => {
  const app = useAppObject()
  const connection = useConnectionObject()
  const actions = useActions('window')
  const textOf = usePhrase()
  const all = useApp(collectionsState, (state) => state.all)
  return (keys) => {
    if (keys === '') return null
    const text = shortcutText(keys)
    const action = actions.find(({ shortcut }) => shortcut !== undefined && shortcutText(shortcut) === text)
    if (action) return textOf(labelOf(action, app))
    const messages = collectionsBeside(all, connection.id).flatMap((collection) => [...collection.messages.values()])
    const other = messages.find(
      ({ id, shortcut }) => id !== messageId && shortcut !== '' && shortcutText(shortcut) === text,
    )
    return other ? visibleName(other.name) : null
  }
}
