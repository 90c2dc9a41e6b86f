// Why it is so: build/docs/decisions/43-drafts-are-shared.md
import { mostDrafts, type SavedDrafts } from '#shared/model/drafts'
import { defineAppState } from '../../../state/app'
import { connectionsState } from '../../../state/connections'
import { noticesState } from '../../../state/notices'
import { isBlank, type DraftTab } from '../composer/draft'
import { createSaveSoon } from '../library/saveSoon'
import { restoredDraft, savedDraft } from './savedDrafts'

/** The drafts of all connections. They are shared: each connection shows one of them, and any connection any one. */
export interface DraftsState {
  /** In the order of their tabs. */
  readonly all: readonly DraftTab[]
  /** Id of the draft that a connection shows, by the connection's id. */
  readonly shownIn: Readonly<Record<string, string>>
  show(connectionId: string, id: string): void
  /** Adds it at the end, or puts it in the place of the one with its id; false = there are as many as can be. */
  put(draft: DraftTab): boolean
  /** Closes it; answers what brings it back, or null where there was none. */
  close(id: string): (() => void) | null
  /** Writes what waits to be written: the window is about to close. */
  flush(): void
}

/** The drafts are one file that is written whole. */
const pauseMs = 1_000

export const draftsState = defineAppState<DraftsState>('drafts', ({ owner: app, get, set }) => {
  let isFailureTold = false
  const store = createSaveSoon((state: DraftsState) => {
    const known = app.get(connectionsState).all
    void app.api.invoke('drafts.save', savedDrafts(state, known)).then((result) => {
      // Typing goes on: one failure is told once, not with every key.
      if (!result.ok && !isFailureTold) app.get(noticesState).showError(result.error)
      isFailureTold = !result.ok
    })
  }, pauseMs)
  const keep = (change: Partial<DraftsState>) => {
    set(change)
    store.save(get())
  }
  const { drafts, shownIn } = app.snapshot.drafts

  return {
    all: drafts.map(restoredDraft),
    shownIn,

    show: (connectionId, id) => keep({ shownIn: { ...get().shownIn, [connectionId]: id } }),

    put: (draft) => {
      const { all } = get()
      const isKnown = all.some(({ id }) => id === draft.id)
      if (!isKnown && all.length >= mostDrafts) return false
      keep({ all: isKnown ? all.map((one) => (one.id === draft.id ? draft : one)) : [...all, draft] })
      return true
    },

    close: (id) => {
      const { all, shownIn: shownBefore } = get()
      const place = all.findIndex((one) => one.id === id)
      const closed = all[place]
      if (!closed) return null
      const others = all.toSpliced(place, 1)
      keep({ all: others, shownIn: withNeighbour(shownBefore, id, (others[place] ?? others[place - 1])?.id) })
      return () => {
        const now = get()
        const showing = Object.entries(shownBefore).filter(([, shown]) => shown === id)
        keep({
          all: now.all.toSpliced(place, 0, closed),
          shownIn: { ...now.shownIn, ...Object.fromEntries(showing) },
        })
      }
    },

    flush: store.flush,
  }
})

/** The draft that a connection shows; undefined = it shows none of the list. */
export const selectShown =
  (connectionId: string) =>
  ({ all, shownIn }: DraftsState): DraftTab | undefined =>
    all.find(({ id }) => id === shownIn[connectionId])

/** Connections that showed the draft show its neighbour instead, if there is one. */
const withNeighbour = (shownIn: DraftsState['shownIn'], id: string, neighbour: string | undefined) =>
  Object.fromEntries(
    Object.entries(shownIn).flatMap(([connectionId, shown]) => {
      if (shown !== id) return [[connectionId, shown] as const]
      return neighbour === undefined ? [] : [[connectionId, neighbour] as const]
    }),
  )

/** Empty drafts are not worth a place on disk, and connections that are gone show nothing. */
const savedDrafts = ({ all, shownIn }: DraftsState, connections: ReadonlyMap<string, unknown>): SavedDrafts => {
  const drafts = all.filter((draft) => !isBlank(draft)).map(savedDraft)
  const ids = new Set(drafts.map(({ id }) => id))
  const shown = Object.entries(shownIn).filter(([connectionId, id]) => ids.has(id) && connections.has(connectionId))
  return { drafts, shownIn: Object.fromEntries(shown) }
}
