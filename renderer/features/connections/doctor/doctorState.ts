import type { DoctorPlan, DoctorReport } from '#shared/model/doctor'
import type { ProfileChange } from '#shared/model/failure'
import { keepSecrets, type Profile, type SecretChanges } from '#shared/model/profile'
import { changedBy } from '#shared/model/profileChange'
import type { AppError } from '#shared/result'
import { defineAppState, type Connection } from '../../../state/app'
import { profilesState, selectEntry } from '../../../state/profiles'

/** Where the settings come from that are diagnosed. */
export interface DoctorSubject {
  readonly profile: Profile
  readonly secrets: SecretChanges
  /** The connection; null = a new one, which has no view Packets yet. */
  readonly connection: Connection | null
  /** The form on screen asked for it, and stands behind the dialog. */
  readonly isForm: boolean
  /** Goes to a field of the settings, a dotted path. */
  readonly edit: (field: string) => void
  /** Opens the settings with this change made. */
  readonly takeOver: (change: ProfileChange) => void
}

interface DoctorChoices {
  readonly usesSettingsId: boolean
  readonly subscribes: boolean
  readonly triesOtherWays: boolean
}

export interface DoctorState {
  /** Null = the dialog is closed. */
  readonly subject: DoctorSubject | null
  /** What is tried in place of what the settings say. */
  readonly change: ProfileChange
  /** Null = it is not here yet. */
  readonly plan: DoctorPlan | null
  readonly choices: DoctorChoices
  /** It begins by itself after a moment, in which the plan can be read. */
  readonly isHeld: boolean
  readonly report: DoctorReport | null
  readonly failure: AppError | null
  open(subject: DoctorSubject): void
  /** Waits until the person begins. */
  hold(): void
  choose(choices: Partial<DoctorChoices>): void
  begin(): Promise<void>
  /** Begins anew with this change besides. */
  beginWith(change: ProfileChange): void
  stop(): void
  close(): void
  receive(report: DoctorReport): void
}

const closed = {
  subject: null,
  change: {},
  plan: null,
  isHeld: false,
  report: null,
  failure: null,
} as const

export const doctorState = defineAppState<DoctorState>('doctor', ({ owner: app, get, set }) => {
  const settings = () => {
    const { subject, change } = get()
    return subject && { profile: changedBy(subject.profile, change), secrets: subject.secrets }
  }
  const askPlan = async () => {
    const wanted = settings()
    if (!wanted) return
    const { subject } = get()
    const plan = await app.api.invoke('doctor.plan', wanted)
    if (get().subject !== subject) return
    if (plan.ok) set({ plan: plan.value })
    else set({ failure: plan.error })
  }
  return {
    ...closed,
    choices: { usesSettingsId: false, subscribes: true, triesOtherWays: true },
    open: (subject) => {
      set({ ...closed, subject, choices: { ...get().choices, usesSettingsId: false } })
      void askPlan()
    },
    hold: () => set({ isHeld: true }),
    choose: (choices) => set({ isHeld: true, choices: { ...get().choices, ...choices } }),
    begin: async () => {
      const wanted = settings()
      const { plan, choices, subject } = get()
      if (!wanted || !plan || get().report?.outcome === 'running') return
      const { usesSettingsId, ...chosen } = choices
      const clientId = usesSettingsId ? plan.settingsClientId : plan.clientId
      const begun: DoctorReport = {
        connectionId: wanted.profile.id,
        outcome: 'running',
        startedAt: Date.now(),
        milliseconds: 0,
        steps: [],
      }
      set({ report: begun, failure: null })
      const result = await app.api.invoke('doctor.run', { ...wanted, ...chosen, clientId })
      if (get().subject !== subject) return
      if (result.ok) set({ report: result.value })
      else set({ report: null, isHeld: true, failure: result.error })
    },
    beginWith: (change) => {
      const before = get().change
      set({ change: { ...before, ...change, ...mergedTls(before, change) }, report: null, isHeld: true, plan: null })
      void askPlan().then(() => get().begin())
    },
    stop: () => void app.api.invoke('doctor.cancel', undefined),
    close: () => {
      if (get().report?.outcome === 'running') void app.api.invoke('doctor.cancel', undefined)
      set(closed)
    },
    receive: (report) => {
      const { report: shown, subject } = get()
      if (shown?.outcome === 'running' && subject?.profile.id === report.connectionId) set({ report })
    },
  }
})

const mergedTls = (before: ProfileChange, change: ProfileChange): ProfileChange =>
  before.tls || change.tls ? { tls: { ...before.tls, ...change.tls } } : {}

/** The settings of a connection as they are saved; null = it has none. */
export const savedSubject = (
  connection: Connection,
  { edit }: { edit(connection: Connection, field?: string, change?: ProfileChange): void },
): DoctorSubject | null => {
  const { app, id } = connection
  const entry = selectEntry(id)(app.get(profilesState))
  if (!entry) return null
  const leave = (field: string | undefined, change?: ProfileChange) => {
    app.get(doctorState).close()
    edit(connection, field, change)
  }
  return {
    profile: entry.profile,
    secrets: keepSecrets,
    connection,
    isForm: false,
    edit: (field) => leave(field),
    takeOver: (change) => leave(undefined, change),
  }
}
