import { useEffect, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { dialogsState, selectDialog } from '../../state/dialogs'
import type { ExportChoice } from '../../state/exportedRows'
import { messageExportState } from '../../state/messageExport'
import { fileExportOf } from '../../state/recordingExport'
import { isRecording, recordingsState } from '../../state/recordings'
import { selectionState } from '../../state/selection'
import { useApp, useAppObject } from '../../state/useApp'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { choiceOf, draftFor, lastExportState, planOf, type ExportDraft } from './exportDraft'
import { ExportStatus } from './ExportStatus'
import { FormatChoice } from './FormatChoice'
import { FormatOptions } from './FormatOptions'
import { MessagesChoice } from './MessagesChoice'
import styles from './messageExport.module.css'
import { useLooked } from './useLooked'

/** Messages of a connection written to a file: which, as what, and how far it is. */
export function ExportDialog() {
  const dialog = useApp(dialogsState, selectDialog('exportMessages'))
  return dialog && <OpenDialog meant={dialog.meant} />
}

function OpenDialog({ meant }: { readonly meant: ExportChoice }) {
  const t = useTranslations('messageExport')
  const close = useApp(dialogsState, (state) => state.close)
  const run = useConnection(messageExportState, (state) => state.run)
  const { start, cancel } = useVerbs()
  const connection = useConnectionObject()
  const isRecorded = isRecording(connection.app, connection.id)
  const [draft, setDraft] = useDraft(meant)
  const change = (part: Partial<ExportDraft>) => setDraft({ ...draft, ...part })
  const plan = planOf(draft)
  const { kind, chosen, filter } = draft
  const choice = useMemo(() => choiceOf({ kind, chosen, filter }), [kind, chosen, filter])
  const looked = useLooked(choice, plan?.decoded ?? false)
  const file = useFileExport(choice)
  const isRunning = run?.phase === 'running'
  return (
    <Dialog
      title={t('title')}
      open
      size="large"
      onClose={close}
      footer={
        <>
          <ExportStatus run={run} meant={file ? file.messages : looked && looked.count} isFile={file !== null} />
          <Button onClick={close}>{t(isRunning ? 'background' : 'close')}</Button>
          {isRunning ? (
            <Button variant="danger" onClick={cancel}>
              {t('cancel')}
            </Button>
          ) : (
            <Button
              variant="primary"
              disabled={!plan || (file ? file.messages : looked?.count) === 0}
              onClick={() => plan && start(plan, draft)}
            >
              {t('export')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.choices}>
          <MessagesChoice draft={draft} isRecording={isRecorded} disabled={isRunning} onChange={change} />
          <FormatChoice format={draft.format} disabled={isRunning} onChange={(format) => change({ format })} />
        </div>
        <FormatOptions
          draft={draft}
          looked={looked}
          isDecodable={!file || file.isInLog}
          disabled={isRunning}
          onChange={change}
        />
      </div>
    </Dialog>
  )
}

/** Also while the recording is still being read. */
const useFileExport = (choice: ExportChoice | null) => {
  const connection = useConnectionObject()
  useApp(recordingsState, (state) => state.opened.get(connection.id))
  return choice && fileExportOf(connection, choice)
}

/** The state of an export is the connection's; what was seen of the last one is forgotten when the dialog opens again. */
const useVerbs = () => {
  const app = useAppObject()
  const connection = useConnectionObject()
  useEffect(() => connection.get(messageExportState).forget(), [connection])
  return {
    start: (plan: NonNullable<ReturnType<typeof planOf>>, draft: ExportDraft) => {
      app.get(lastExportState).remember(draft)
      void connection.get(messageExportState).start(plan)
    },
    cancel: () => connection.get(messageExportState).cancel(),
  }
}

const useDraft = (meant: ExportChoice) => {
  const app = useAppObject()
  const connection = useConnectionObject()
  return useState(() => {
    const { chosen } = connection.get(selectionState)
    return draftFor(meant, chosen.length > 0 ? chosen : null, app.get(lastExportState))
  })
}
