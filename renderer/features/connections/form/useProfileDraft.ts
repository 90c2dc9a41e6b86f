import { useMemo, useState } from 'react'
import type { AppError } from '#shared/result'
import { profilesState } from '../../../state/profiles'
import { useApp } from '../../../state/useApp'
import type { DraftForm } from './draftForm'
import { draftWarnings } from './draftWarnings'
import { firstProblemPath, sectionOf } from './formSections'
import { withAddressSplit } from './hostField'
import { useChangesTakenOver } from './useChangesTakenOver'
import type { FormSection } from './profileField'
import { profileFormState, type OpenProfileForm } from './profileFormState'
import {
  checkDraft,
  draftOf,
  isLeftBehind,
  isUntouched,
  secretChangesOf,
  textAt,
  withTypedPassword,
  withText,
  type Problems,
} from './profileDraft'
import { withValueAt } from './profilePaths'

export interface ProfileDraftState {
  readonly form: DraftForm
  readonly section: FormSection
  readonly shownProblems: Problems
  /** The field saving stopped at; it takes the focus. A new object each time. */
  readonly stoppedAt: { readonly path: string } | null
  readonly failure: AppError | null
  readonly busy: boolean
  readonly dirty: boolean
  readonly showSection: (section: FormSection) => void
  readonly save: () => Promise<void>
}

const noPaths: ReadonlySet<string> = new Set()

const useDraftForm = ({ profile, entry, failure }: OpenProfileForm) => {
  const [initial] = useState(() => draftOf(profile, entry?.secrets))
  const [draft, setDraft] = useState(initial)
  const [touched, setTouched] = useState(noPaths)
  const [attempted, setAttempted] = useState(false)
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
    leave: (path, text) => {
      if (path === 'host') setDraft(withAddressSplit)
      const untouched = text === '' && (textAt(initial, path) ?? '') === ''
      if (!untouched) setTouched((before) => (before.has(path) ? before : new Set([...before, path])))
    },
  }
  const dirty = JSON.stringify(draft) !== JSON.stringify(initial)
  return { form, checked, shownProblems, dirty, showAllProblems: () => setAttempted(true) }
}

/** State of the open form: the draft, what is wrong with it, and where it stands with saving. */
export const useProfileDraft = (opened: OpenProfileForm): ProfileDraftState => {
  const saveProfile = useApp(profilesState, (state) => state.save)
  const close = useApp(profileFormState, (state) => state.close)
  const takeOver = useChangesTakenOver()
  const { form, checked, shownProblems, dirty, showAllProblems } = useDraftForm(opened)
  const [section, showSection] = useState<FormSection>(opened.field === undefined ? 'general' : sectionOf(opened.field))
  const [stoppedAt, setStoppedAt] = useState<{ readonly path: string } | null>(
    opened.field === undefined ? null : { path: opened.field },
  )
  const [failure, setFailure] = useState<AppError | null>(null)
  const [busy, setBusy] = useState(false)

  const stopAt = (path: string) => {
    showSection(sectionOf(path))
    setStoppedAt({ path })
  }

  const save = async () => {
    if (busy) return
    showAllProblems()
    // Enter in the host field saves without leaving it.
    const draft = withAddressSplit(form.draft)
    if (draft !== form.draft) form.change(() => draft)
    const { profile, problems } = draft === form.draft ? checked : checkDraft(draft)
    const path = problems && firstProblemPath(problems)
    if (path !== null) stopAt(path)
    if (!profile) return
    setBusy(true)
    setFailure(null)
    const saved = await saveProfile(profile, secretChangesOf(draft))
    if (saved.ok) {
      close()
      takeOver(opened, profile)
      return
    }
    const { error } = saved
    setBusy(false)
    setFailure(error)
    if (error.field !== undefined) stopAt(error.field.replace(/^profile\./, ''))
  }

  return { form, section, shownProblems, stoppedAt, failure, busy, dirty, showSection, save }
}
