import { useMemo, useState } from 'react'
import { readConnection } from '#shared/address/readConnection'
import type { ConnectionReading } from '#shared/address/connectionReading'
import type { DraftForm } from './draftForm'
import { draftWarnings } from './draftWarnings'
import { withAddressSplit } from './hostField'
import { withReading } from './pastedConnection'
import type { OpenProfileForm } from './profileFormState'
import {
  checkDraft,
  draftOf,
  isLeftBehind,
  isUntouched,
  textAt,
  withTypedPassword,
  withText,
  type CheckedDraft,
  type Problems,
} from './profileDraft'
import { withValueAt } from './profilePaths'

export interface ProfileDraftState {
  readonly form: DraftForm
  readonly checked: CheckedDraft
  readonly shownProblems: Problems
  readonly dirty: boolean
  /** What was read of the text that was pasted last; null = none was, or it was put away. */
  readonly reading: ConnectionReading | null
  readonly showAllProblems: () => void
  readonly putReadingAway: () => void
  /** Whether the message of a pasted command becomes a draft when the connection is saved. */
  readonly keepsMessage: boolean
  readonly keepMessage: (keeps: boolean) => void
}

const noPaths: ReadonlySet<string> = new Set()

/** The draft of the open form and what is wrong with it. */
export const useProfileDraft = ({ profile, entry, failure }: OpenProfileForm): ProfileDraftState => {
  const [initial] = useState(() => draftOf(profile, entry?.secrets))
  const [draft, setDraft] = useState(initial)
  const [touched, setTouched] = useState(noPaths)
  const [attempted, setAttempted] = useState(false)
  const [reading, setReading] = useState<ConnectionReading | null>(null)
  const [keepsMessage, keepMessage] = useState(true)
  const checked = useMemo(() => checkDraft(draft), [draft])
  const problems = checked.problems ?? {}
  const warnings = useMemo(() => draftWarnings(draft), [draft])
  const failedAt = failure?.field !== undefined && isUntouched(initial, draft, failure.field) ? failure.field : null
  const shownProblems: Problems = {
    ...(failedAt !== null && { [failedAt]: 'failed' }),
    ...Object.fromEntries(Object.entries(problems).filter(([path]) => attempted || touched.has(path))),
  }
  const form: DraftForm = {
    draft,
    problemOf: (path) => shownProblems[path],
    failureOf: (path) => (shownProblems[path] === 'failed' ? failure : undefined),
    warningOf: (path) => warnings[path],
    leavesBehind: (name) => isLeftBehind(initial, draft, name),
    change: setDraft,
    setValue: (path, value) => setDraft((before) => ({ ...before, profile: withValueAt(before.profile, path, value) })),
    setText: (path, text) => setDraft((before) => withText(before, path, text)),
    setPassword: (typed) => setDraft((before) => withTypedPassword(before, typed, initial.profile.usePassword)),
    takeOver: (text, kinds) => {
      const read = draft.profile.kind === 'local' ? null : readConnection(text)
      if (!read || !kinds.includes(read.kind)) return false
      setReading(read)
      keepMessage(true)
      setDraft((before) => withReading(before, read))
      return true
    },
    leave: (path, text) => {
      if (path === 'host') setDraft(withAddressSplit)
      const untouched = text === '' && (textAt(initial, path) ?? '') === ''
      if (!untouched) setTouched((before) => (before.has(path) ? before : new Set([...before, path])))
    },
  }
  const dirty = JSON.stringify(draft) !== JSON.stringify(initial)
  return {
    form,
    checked,
    shownProblems,
    dirty,
    reading,
    showAllProblems: () => setAttempted(true),
    putReadingAway: () => setReading(null),
    keepsMessage,
    keepMessage,
  }
}
