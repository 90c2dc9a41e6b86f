import { trialIds, trialPrefixSchema, type CapabilityReport, type TrialId } from '#shared/model/capabilities'
import { defineConnectionState } from '../../../state/app'
import { noticesState } from '../../../state/notices'

interface CapabilitiesState {
  readonly prefix: string
  readonly chosen: readonly TrialId[]
  /** Of the latest trials; null = there were none. */
  readonly report: CapabilityReport | null
  setPrefix(prefix: string): void
  choose(trial: TrialId, isChosen: boolean): void
  try(): Promise<void>
  stop(): void
  receive(report: CapabilityReport): void
}

const randomPrefix = (): string => `topicscope/trial/${crypto.randomUUID().slice(0, 8)}`

export const isPrefix = (text: string): boolean => trialPrefixSchema.safeParse(text).success

/** What is found out of the broker of a connection by trying. */
export const capabilitiesState = defineConnectionState<CapabilitiesState>('capabilities', ({ owner, get, set }) => ({
  prefix: randomPrefix(),
  chosen: trialIds,
  report: null,
  setPrefix: (prefix) => set({ prefix }),
  choose: (trial, isChosen) =>
    set({ chosen: trialIds.filter((id) => (id === trial ? isChosen : get().chosen.includes(id))) }),
  try: async () => {
    const { prefix, chosen } = get()
    set({ report: { connectionId: owner.id, phase: 'running', prefix, results: [] } })
    const result = await owner.app.api.invoke('capabilities.try', {
      connectionId: owner.id,
      prefix,
      trials: [...chosen],
    })
    if (owner.gone.aborted) return
    if (result.ok) set({ report: result.value })
    else {
      set({ report: null })
      owner.app.get(noticesState).showError(result.error)
    }
  },
  stop: () => void owner.app.api.invoke('capabilities.cancel', { connectionId: owner.id }),
  // News on its way may come behind the end.
  receive: (report) => {
    if (get().report?.phase === 'running') set({ report })
  },
}))
