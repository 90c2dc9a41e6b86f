// Why it is so: build/docs/decisions/41-retained-messages-have-a-connection-of-their-own.md
import type { ProfileId } from '#shared/model/profile'
import {
  retainedListLimits,
  type RetainedChange,
  type RetainedFate,
  type RetainedPage,
  type RetainedWork,
} from '#shared/model/retained'
import { fail, ok, type Result } from '#shared/result'
import { openMqttTransport } from '../broker/mqttJs/mqttTransport'
import { startRetainedScan, type RetainedScan } from './retainedScan'
import type { RetainedMessage } from './retainedStore'
import type { WorkItem } from './retainedTally'
import { createUndoStack, type UndoBatch, type UndoStack } from './retainedUndo'
import { startRetainedWork, type RunningWork } from './retainedWork'
import type { MadeWith } from '../broker/session/shortConnection'

export interface RetainedManagerParts {
  /** How the connection is made that is online now; null = it is not. */
  readonly connectedWith: (id: ProfileId) => MadeWith | null
  readonly maximumPacketBytes: () => number
  /** The steady time. */
  readonly now: () => number
  /** Gets a line for every control packet; absent or null = that was not asked for. */
  readonly debug?: ((line: string) => void) | null
  /** How long a cancel waits for what is under way, in milliseconds. */
  readonly cancelWaitMs?: number
}

interface Listing {
  readonly number: number
  readonly filter: string
  readonly scan: RetainedScan
  readonly changes: RetainedChange[]
}

/** What a window holds on to until it is closed. */
interface RetainedView {
  readonly undo: UndoStack
  listing: Listing
  work: RunningWork | null
}

interface Chosen {
  readonly items: readonly WorkItem[]
  /** Of whichever listing. */
  readonly batch: UndoBatch
}

interface PageRequest {
  readonly connectionId: ProfileId
  readonly from: number
  readonly changesFrom: number
}

/** After these fates a message may be missing that was there before. */
const isUndoable: Readonly<Record<RetainedWork['kind'], ReadonlySet<RetainedFate>>> = {
  clear: new Set(['cleared', 'unknown']),
  undo: new Set(['failed', 'unknown', 'missing']),
}

/** The listings of retained messages, one a connection, and what is done to them. Payloads never leave this process. */
export interface RetainedManager {
  /** Begins anew; `read` tells what comes of it. What can be put back stays so. */
  list(id: ProfileId, filter: string): Result<null>
  read(request: PageRequest): Result<RetainedPage>
  clear(id: ProfileId, places: readonly number[]): Result<null>
  /** Puts back what the latest clearing took away, of whichever listing. */
  undo(id: ProfileId): Result<null>
  cancel(id: ProfileId): Result<null>
  close(id: ProfileId): Result<null>
  closeAll(): void
}

export const createRetainedManager = (given: RetainedManagerParts): RetainedManager => {
  const { connectedWith, maximumPacketBytes, now, debug = null, cancelWaitMs = 3_000 } = given
  const views = new Map<ProfileId, RetainedView>()
  let lastNumber = 0
  const connectionParts = (id: ProfileId) => {
    const found = connectedWith(id)
    if (!found) return null
    const { profile, secrets } = found
    return {
      profile,
      secrets,
      openTransport: openMqttTransport,
      maximumPacketSize: maximumPacketBytes(),
      now,
      debug: debug && ((line: string) => debug(`Connection ${id}, for retained messages: ${line}`)),
    }
  }
  const begin = (id: ProfileId, kind: RetainedWork['kind'], choose: (view: RetainedView) => Chosen | null) => {
    const view = views.get(id)
    if (!view) return noListing()
    if (isWorking(view)) return isBusy()
    const parts = connectionParts(id)
    if (!parts) return notConnected()
    const chosen = choose(view)
    if (!chosen) return fail('notFound', 'There is nothing to put back.')
    const { items, batch } = chosen
    const onFate = ({ place }: WorkItem, fate: RetainedFate, message: RetainedMessage) => {
      const { number, changes } = view.listing
      // What could not be put back is as it was.
      const isNews = kind === 'clear' || fate !== 'failed'
      if (isNews && number === batch.listing) changes.push({ place, fate })
      if (isUndoable[kind].has(fate)) view.undo.put(batch, place, message)
      else view.undo.drop(batch, place)
    }
    view.work = startRetainedWork({ ...parts, kind, items, filter: batch.filter, cancelWaitMs, onFate })
    return ok(null)
  }
  const close = (id: ProfileId) => {
    const view = views.get(id)
    view?.listing.scan.cancel()
    view?.work?.close()
    views.delete(id)
  }

  return {
    list: (id, filter) => {
      const view = views.get(id)
      if (view && isWorking(view)) return isBusy()
      const parts = connectionParts(id)
      if (!parts) return notConnected()
      view?.listing.scan.cancel()
      const undo = view?.undo ?? createUndoStack()
      const limits = { ...retainedListLimits, bytes: retainedListLimits.bytes - undo.keptBytes() }
      const scan = startRetainedScan({ ...parts, filter, limits })
      const listing = { number: (lastNumber += 1), filter, scan, changes: [] }
      views.set(id, { undo, listing, work: null })
      return ok(null)
    },
    read: (request) => {
      const view = views.get(request.connectionId)
      return view ? ok(pageOf(view, request)) : noListing()
    },
    clear: (id, places) => begin(id, 'clear', (view) => toClear(view, places)),
    undo: (id) => begin(id, 'undo', toPutBack),
    cancel: (id) => {
      views.get(id)?.listing.scan.cancel()
      views.get(id)?.work?.cancel()
      return ok(null)
    },
    close: (id) => {
      close(id)
      return ok(null)
    },
    closeAll: () => {
      for (const id of Array.from(views.keys())) close(id)
    },
  }
}

const isWorking = ({ work }: RetainedView) => work !== null && work.state().stage !== 'ended'

const itemsAt = ({ scan }: Listing, places: readonly number[]): WorkItem[] =>
  [...new Set(places)].flatMap((place) => {
    const message = scan.store.at(place)
    return message ? [{ place, message }] : []
  })

const toClear = ({ listing }: RetainedView, places: readonly number[]): Chosen => ({
  items: itemsAt(listing, places),
  batch: { listing: listing.number, filter: listing.filter, messages: new Map() },
})

const toPutBack = ({ undo }: RetainedView): Chosen | null => {
  const batch = undo.latest()
  return batch && { batch, items: Array.from(batch.messages, ([place, message]) => ({ place, message })) }
}

const notConnected = () => fail('notConnected', 'Connect before looking at retained messages.')

const noListing = () => fail('notFound', 'There is no listing of retained messages.')

const isBusy = () => fail('invalidInput', 'Something is being done to what was listed.')

const pageOf = ({ listing, undo, work }: RetainedView, { from, changesFrom }: PageRequest): RetainedPage => {
  const { scan, changes } = listing
  return {
    ...scan.state(),
    total: scan.store.size,
    bytes: scan.store.bytes,
    entries: scan.store.entries(from),
    changes: changes.slice(changesFrom),
    work: work?.state() ?? null,
    undoable: undo.latest()?.messages.size ?? 0,
  }
}
