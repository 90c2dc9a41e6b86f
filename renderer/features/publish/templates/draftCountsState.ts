import { defineAppState } from '../../../state/app'

/** The counts of drafts are the main process's: who shows what comes next asks again when one has changed. */
interface DraftCountsState {
  /** How often that of each draft may have changed, by its id. */
  readonly changes: Readonly<Record<string, number>>
  /** A message of it was asked for. */
  noteUse(draftId: string): void
  /** Its next message is the first again. */
  countAnew(draftId: string): void
}

export const draftCountsState = defineAppState<DraftCountsState>('draftCounts', ({ owner: app, set }) => {
  const noteUse = (draftId: string) =>
    set(({ changes }) => ({ changes: { ...changes, [draftId]: (changes[draftId] ?? 0) + 1 } }))
  return {
    changes: {},
    noteUse,
    countAnew: (draftId) => {
      // Whoever asks after that is answered after it.
      void app.api.invoke('template.countAnew', { draftId })
      noteUse(draftId)
    },
  }
})

export const selectCountChanges =
  (draftId: string | undefined) =>
  ({ changes }: DraftCountsState): number =>
    changes[draftId ?? ''] ?? 0
