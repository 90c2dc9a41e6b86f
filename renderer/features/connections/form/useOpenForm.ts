import { useState } from 'react'
import type { Remedy } from '#shared/model/failure'
import type { Profile } from '#shared/model/profile'
import type { AppError } from '#shared/result'
import { composeMessage } from '../../../state/composerRequest'
import { connectionsState } from '../../../state/connections'
import { profilesState } from '../../../state/profiles'
import { useApp, useAppObject } from '../../../state/useApp'
import { doctorState } from '../doctor/doctorState'
import { connectionTestState, type ConnectionTestState } from './connectionTestState'
import { firstProblemPath, sectionOf } from './formSections'
import { withAddressSplit } from './hostField'
import { withChange } from './pastedConnection'
import { checkDraft, secretChangesOf, type ProfileDraft } from './profileDraft'
import type { FormSection } from './profileField'
import { profileFormState, type OpenProfileForm } from './profileFormState'
import { connectWithChanges, isSameConnection, useChangesTakenOver } from './useChangesTakenOver'
import { useProfileDraft, type ProfileDraftState } from './useProfileDraft'

/** The open form: its draft, the section in view, and what its buttons do. */
export interface OpenFormState extends ProfileDraftState {
  readonly section: FormSection
  /** The field to go to; it takes the focus. A new object each time. */
  readonly stoppedAt: { readonly path: string } | null
  /** Why it was not saved. */
  readonly failure: AppError | null
  readonly busy: boolean
  readonly test: ConnectionTestState['test']
  readonly showSection: (section: FormSection) => void
  readonly save: (then: 'close' | 'connect') => Promise<void>
  readonly runTest: () => Promise<void>
  /** Opens the doctor with what the form says. */
  readonly diagnose: () => void
  readonly tryRemedy: (remedy: Remedy) => void
}

export const useOpenForm = (opened: OpenProfileForm): OpenFormState => {
  const draftState = useProfileDraft(opened)
  const [section, showSection] = useState<FormSection>(opened.field === undefined ? 'general' : sectionOf(opened.field))
  const [stoppedAt, setStoppedAt] = useState<{ readonly path: string } | null>(
    opened.field === undefined ? null : { path: opened.field },
  )
  const stopAt = (path: string) => {
    showSection(sectionOf(path))
    setStoppedAt({ path })
  }

  /** What a draft stands for; where it is none, goes to the first of its problems. */
  const profileOf = (draft: ProfileDraft): Profile | null => {
    const { profile, problems } = checkDraft(draft)
    if (problems) draftState.showAllProblems()
    const path = problems && firstProblemPath(problems)
    if (path !== null) stopAt(path)
    return profile
  }
  const parts = { draftState, stopAt, profileOf }
  return {
    ...draftState,
    section,
    stoppedAt,
    showSection,
    ...useSaving(opened, parts),
    ...useTesting(parts),
    diagnose: useDiagnosing(opened, parts),
  }
}

interface FormParts {
  readonly draftState: ProfileDraftState
  readonly stopAt: (path: string) => void
  readonly profileOf: (draft: ProfileDraft) => Profile | null
}

/** Enter in the host field ends it without leaving it. */
const withHostLeft = ({ form }: ProfileDraftState): ProfileDraft => {
  const draft = withAddressSplit(form.draft)
  if (draft !== form.draft) form.change(() => draft)
  return draft
}

/** A broker is told no name, so that only saving asks for one. */
const withSomeName = (draft: ProfileDraft): ProfileDraft =>
  draft.profile.name.trim() === '' ? { ...draft, profile: { ...draft.profile, name: 'unnamed' } } : draft

const fieldOf = ({ field }: AppError): string | undefined => field?.replace(/^profile\./, '')

const useSaving = (opened: OpenProfileForm, { draftState, stopAt, profileOf }: FormParts) => {
  const app = useAppObject()
  const saveProfile = useApp(profilesState, (state) => state.save)
  const close = useApp(profileFormState, (state) => state.close)
  const takeOver = useChangesTakenOver()
  const [failure, setFailure] = useState<AppError | null>(null)
  const [busy, setBusy] = useState(false)

  const save: OpenFormState['save'] = async (then) => {
    if (busy) return
    const draft = withHostLeft(draftState)
    const profile = profileOf(draft)
    if (!profile) return
    setBusy(true)
    setFailure(null)
    const secrets = secretChangesOf(draft)
    const saved = await saveProfile(profile, secrets)
    if (!saved.ok) {
      setBusy(false)
      setFailure(saved.error)
      const field = fieldOf(saved.error)
      if (field !== undefined) stopAt(field)
      return
    }
    close()
    const { reading, keepsMessage } = draftState
    if (reading?.message && keepsMessage) composeMessage(app.get(connectionsState).open(profile.id), reading.message)
    if (then === 'close') {
      takeOver(opened, profile)
      return
    }
    const hasNewSecret = Object.values(secrets).some(({ change }) => change === 'set')
    const isChanged = hasNewSecret || !isSameConnection(opened.profile, profile)
    await connectWithChanges(app.get(connectionsState).open(profile.id), isChanged)
  }
  return { failure, busy, save }
}

const useDiagnosing = (opened: OpenProfileForm, { draftState, stopAt, profileOf }: FormParts) => {
  const doctor = useApp(doctorState, (state) => state)
  return () => {
    const draft = withHostLeft(draftState)
    const profile = profileOf(withSomeName(draft))
    if (!profile) return
    doctor.open({
      profile,
      secrets: secretChangesOf(draft),
      connection: opened.connection,
      isForm: true,
      edit: (field) => {
        doctor.close()
        // Behind the dialog, which gives the focus back to what opened it.
        setTimeout(() => stopAt(field))
      },
      takeOver: (change) => {
        doctor.close()
        draftState.form.change(() => withChange(draft, change))
      },
    })
  }
}

const useTesting = ({ draftState, stopAt, profileOf }: FormParts) => {
  const test = useApp(connectionTestState, (state) => state.test)
  const run = useApp(connectionTestState, (state) => state.run)
  const [tested, setTested] = useState<ProfileDraft | null>(null)
  const testDraft = async (draft: ProfileDraft) => {
    const profile = profileOf(withSomeName(draft))
    if (!profile) return
    setTested(draft)
    const result = await run(profile, secretChangesOf(draft))
    const field = result && !result.ok ? fieldOf(result.error) : undefined
    if (field !== undefined) stopAt(field)
  }
  return {
    // What came of other settings than those in the form says nothing of them.
    test: tested === draftState.form.draft ? test : ({ phase: 'none' } as const),
    runTest: () => testDraft(withHostLeft(draftState)),
    tryRemedy: ({ action }: Remedy) => {
      switch (action.kind) {
        case 'tryOnce': {
          const draft = withChange(draftState.form.draft, action.change)
          draftState.form.change(() => draft)
          void testDraft(draft)
          break
        }
        case 'edit':
          stopAt(action.field)
          break
        case 'signIn':
          stopAt(draftState.form.draft.profile.username === '' ? 'username' : 'password')
          break
        case 'passphrase':
          stopAt('keyPassphrase')
          break
        // A test sends no message and no filter.
        case 'dropMessage':
        case 'switchOffFilter':
          break
      }
    },
  }
}
