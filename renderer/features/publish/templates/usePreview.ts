import { useDeferredValue, useEffect, useState } from 'react'
import type { SenderRows } from '#shared/model/sender'
import type { PreviewedMessage } from '#shared/model/template'
import type { AppError } from '#shared/result'
import type { Composed } from '../../../state/composerRequest'
import { useEnvironmentInUse } from '../../../state/environments'
import { useApp } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'
import { draftCountsState, selectCountChanges } from './draftCountsState'
import { templateRequestOf } from './templateRequest'

const previewed = 3

export interface WantedPreview {
  readonly message: Composed
  /** Whose count the messages go on from; absent = they are the first ones. */
  readonly draftId?: string
  /** Milliseconds from one message to the next. */
  readonly intervalMs: number
  /** How many devices send in turn; absent = one. */
  readonly devices?: number
  /** Where `row` comes from; absent = there is none. The same object while they stay the same. */
  readonly rows?: SenderRows | undefined
}

/** The next messages. Asked for after the key was drawn; the last answer stands until the next one. */
export const usePreview = (wanted: WantedPreview): readonly PreviewedMessage[] | null => {
  const { draftId, intervalMs, devices } = wanted
  const connection = useConnectionObject()
  const environment = useEnvironmentInUse()
  const changes = useApp(draftCountsState, selectCountChanges(draftId))
  const message = useDeferredValue(wanted.message)
  const rows = useDeferredValue(wanted.rows)
  const [preview, setPreview] = useState<readonly PreviewedMessage[] | null>(null)
  useEffect(() => {
    let isOutdated = false
    const request = {
      ...templateRequestOf(connection, { message, draftId }),
      count: previewed,
      intervalMs,
      devices,
      rows,
    }
    void connection.app.api.invoke('template.preview', request).then((result) => {
      if (!isOutdated) setPreview(result.ok ? result.value : [failed(result.error)])
    })
    return () => {
      isOutdated = true
    }
    // What is in the environment, and what was sent of the draft, is part of what is made.
  }, [connection, message, draftId, changes, intervalMs, devices, rows, environment])
  return preview
}

const failed = (error: AppError): PreviewedMessage => ({ ok: false, error })
