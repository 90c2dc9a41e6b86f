import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { largestSavedPayload } from '#shared/model/publish'
import type { AppError } from '#shared/result'
import { useErrorText } from '../../../i18n/useErrorText'
import { visibleName } from '#shared/text/visibleText'
import { useApp, useAppObject } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'
import { TextField } from '../../../ui/fields'
import { formatBytes } from '../../../ui/format'
import { OneFieldDialog } from '../../../ui/OneFieldDialog'
import { draftIn, publishState } from '../publishState'
import { collectionsState, selectCollection, selectMessage } from './collectionsState'
import { collectionTreeState, type NameQuestion } from './collectionTreeState'
import { ShortcutDialog } from './ShortcutDialog'

/** The dialogs of the collections: a name, or keys. */
export function CollectionQuestions() {
  const question = useApp(collectionTreeState, (state) => state.question)
  const ask = useApp(collectionTreeState, (state) => state.ask)
  if (!question) return null
  const close = () => ask(null)
  return question.kind === 'shortcut' ? (
    <ShortcutDialog collectionId={question.collectionId} messageId={question.messageId} onClose={close} />
  ) : (
    <NameDialog question={question} onClose={close} />
  )
}

interface NameDialogProps {
  readonly question: NameQuestion
  readonly onClose: () => void
}

/** Asks for a name, and does with it what was asked for. */
export function NameDialog({ question, onClose }: NameDialogProps) {
  const t = useTranslations('collections')
  const words = useTranslations('publish')
  const errorText = useErrorText()
  const [name, setName] = useState(useFirstName(question))
  const [problem, setProblem] = useState<string | null>(null)
  const save = useSaveName(question)
  const submit = async () => {
    const trimmed = name.trim()
    const error = trimmed === '' ? null : await save(trimmed)
    if (trimmed !== '' && !error) onClose()
    else setProblem(problemText(error))
  }
  const problemText = (error: AppError | null): string => {
    if (!error) return words('nameRequired')
    const size = formatBytes(largestSavedPayload)
    return error.code === 'fileTooLarge' ? words('tooLargeToKeep', { size }) : errorText(error)
  }
  return (
    <OneFieldDialog
      title={t(`titles.${question.kind}`)}
      cancel={t('cancel')}
      submit={t('save')}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <TextField label={t('name')} value={name} onChange={setName} maxLength={200} error={problem} />
    </OneFieldDialog>
  )
}

/** What stands in the field at first. */
const useFirstName = (question: NameQuestion): string => {
  const app = useAppObject()
  const connection = useConnectionObject()
  const state = app.get(collectionsState)
  switch (question.kind) {
    case 'renameMessage':
      return selectMessage(question.collectionId, question.messageId)(state)?.name ?? ''
    case 'renameFolder': {
      const folders = selectCollection(question.collectionId)(state)?.facts.folders ?? []
      return folders.find(({ path }) => path === question.folder)?.name ?? ''
    }
    case 'saveAs': {
      const { name, message } = draftIn(connection)
      return (name || visibleName(message.topic)).slice(0, 200)
    }
    case 'newFolder':
      return ''
  }
}

/** Does what the name was asked for; answers why not. */
const useSaveName = (question: NameQuestion) => {
  const app = useAppObject()
  const connection = useConnectionObject()
  const { collectionId } = question
  return async (name: string): Promise<AppError | null> => {
    switch (question.kind) {
      case 'renameMessage': {
        const state = app.get(collectionsState)
        const message = selectMessage(collectionId, question.messageId)(state)
        if (message) state.save(collectionId, [{ ...message, name }])
        return null
      }
      case 'saveAs':
        return connection.get(publishState).saveDraftAs({ collectionId, folder: question.folder, name })
      case 'newFolder': {
        const added = await app.api.invoke('collection.addFolder', { collectionId, parent: question.folder, name })
        return added.ok ? null : added.error
      }
      case 'renameFolder': {
        const parent = question.folder.split('/').slice(0, -1).join('/')
        const moved = await app.api.invoke('collection.moveFolder', {
          collectionId,
          folder: question.folder,
          parent,
          name,
        })
        return moved.ok ? null : moved.error
      }
    }
  }
}
