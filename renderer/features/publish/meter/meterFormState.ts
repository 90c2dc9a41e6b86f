import type { MeterStatus } from '#shared/model/meter'
import type { AppError } from '#shared/result'
import { defineConnectionState } from '../../../state/app'
import { connectionsState } from '../../../state/connections'
import { dialogsState } from '../../../state/dialogs'
import { firstMeterForm, readMeter, type MeterForm } from './form/meterForm'
import { metersOf, metersState } from './metersState'
import { isProduction } from '../senders/startPlan'

/** What a connection is measured with, and which of its meters is looked at. */
export interface MeterFormState {
  readonly form: MeterForm
  /** Whether a person has tried to start: only then is what is missing a mistake. */
  readonly tried: boolean
  /** Why it was not started. */
  readonly error: AppError | null
  /** Null = the newest. */
  readonly shownId: string | null
  change(change: Partial<MeterForm>): void
  show(meterId: string | null): void
  /** `planName` = what its sender is called. Where others depend on the connection, a person is asked first. */
  start(planName: string): void
}

export const meterFormState = defineConnectionState<MeterFormState>('meterForm', ({ owner, get, set }) => ({
  form: firstMeterForm(owner.id),
  tried: false,
  error: null,
  shownId: null,
  change: (change) => set({ form: { ...get().form, ...change }, error: null }),
  show: (shownId) => set({ shownId }),
  start: (planName) => {
    const read = readMeter(get().form, planName)
    set({ tried: true, error: null })
    if (!read.ok) return
    const { send } = read.request
    const sender = send && owner.app.get(connectionsState).all.get(send.connectionId)
    if (send && sender && isProduction(sender))
      owner.app.get(dialogsState).show(sender, { kind: 'startSender', plan: send.plan, meter: read.request })
    else
      void owner.app
        .get(metersState)
        .start(read.request)
        .then((started) => set(started.ok ? { tried: false, shownId: null } : { error: started.error }))
  },
}))

/** The meter that is looked at: the one that was chosen, else the newest. */
export const shownMeter = (all: readonly MeterStatus[], id: string, shownId: string | null) => {
  const here = metersOf(all, id)
  return here.find(({ meterId }) => meterId === shownId) ?? here.at(-1) ?? null
}
