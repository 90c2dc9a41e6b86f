import type { PayloadFile } from '#shared/model/publish'
import { mostSenderPlans, type SenderPlan } from '#shared/model/sender'
import { defineAppState } from '../../../state/app'
import { noticesState } from '../../../state/notices'
import { createSaveSoon } from '../library/saveSoon'

/** The plans of senders. All connections share them. */
export interface SenderPlansState {
  /** In the order in which they were made. */
  readonly all: readonly SenderPlan[]
  /** Files that were chosen in this run, by their tokens. A plan of an earlier run may name one that is not here. */
  readonly files: ReadonlyMap<string, PayloadFile>
  /** Adds it at the end, or puts it in the place of the one with its id; false = there are as many as can be. */
  put(plan: SenderPlan): boolean
  /** Takes it away; answers what brings it back, or null where there was none. */
  remove(id: string): (() => void) | null
  noteFile(file: PayloadFile): void
  /** Writes what waits to be written: the window is about to close. */
  flush(): void
}

/** The plans are one file that is written whole. */
const pauseMs = 1_000

export const senderPlansState = defineAppState<SenderPlansState>('senderPlans', ({ owner: app, get, set }) => {
  let isFailureTold = false
  const store = createSaveSoon((plans: readonly SenderPlan[]) => {
    void app.api.invoke('senderPlans.save', [...plans]).then((result) => {
      if (!result.ok && !isFailureTold) app.get(noticesState).showError(result.error)
      isFailureTold = !result.ok
    })
  }, pauseMs)
  const keep = (all: readonly SenderPlan[]) => {
    set({ all })
    store.save(all)
  }
  return {
    all: app.snapshot.senderPlans,
    files: new Map(),

    put: (plan) => {
      const { all } = get()
      const isKnown = all.some(({ id }) => id === plan.id)
      if (!isKnown && all.length >= mostSenderPlans) {
        app.get(noticesState).show({ text: { key: 'senders.full' } })
        return false
      }
      keep(isKnown ? all.map((one) => (one.id === plan.id ? plan : one)) : [...all, plan])
      return true
    },

    remove: (id) => {
      const { all } = get()
      const place = all.findIndex((one) => one.id === id)
      const removed = all[place]
      if (!removed) return null
      keep(all.toSpliced(place, 1))
      return () => keep(get().all.toSpliced(place, 0, removed))
    },

    noteFile: (file) => set({ files: new Map(get().files).set(file.token, file) }),

    flush: store.flush,
  }
})

export const selectPlan =
  (id: string) =>
  ({ all }: SenderPlansState): SenderPlan | undefined =>
    all.find((one) => one.id === id)
