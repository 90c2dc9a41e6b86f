import type { ProfileId } from '#shared/model/profile'
import {
  retainedPageEntries,
  type RetainedChange,
  type RetainedFate,
  type RetainedPage,
  type RetainedWork,
} from '#shared/model/retained'
import { fail, ok, type Result } from '#shared/result'
import { openMqttTransport } from '../broker/mqttTransport'
import { startRetainedScan, type RetainedScan } from './retainedScan'
import type { StoredMessage } from './retainedStore'
import type { WorkItem } from './retainedTally'
import { startRetainedWork, type RunningWork } from './retainedWork'
import type { Dialled } from './shortConnection'

export interface RetainedManagerParts {
  /** How the connection is made that is online now; null = it is not. */
  readonly dialled: (id: ProfileId) => Dialled | null
  readonly maximumPacketBytes: () => number
  readonly now: () => number
  /** How long a cancel waits for what is under way, in milliseconds. */
  readonly lastWordMs?: number
}

/** What a clearing took away and what is not put back, by place. */
type UndoBatch = Map<number, StoredMessage>

interface Listing {
  readonly filter: string
  readonly scan: RetainedScan
  readonly changes: RetainedChange[]
  /** Latest clearing last; none is empty. */
  readonly cleared: UndoBatch[]
  work: RunningWork | null
}

export interface PageRequest {
  readonly connectionId: ProfileId
  readonly from: number
  readonly changesFrom: number
}

/** With these a message may be away that was there before. */
const isUndoable: Readonly<Record<RetainedWork['kind'], ReadonlySet<RetainedFate>>> = {
  clear: new Set(['cleared', 'unknown']),
  undo: new Set(['failed', 'unknown', 'missing']),
}

const isWorking = ({ work }: Listing) => work !== null && work.state().stage !== 'ended'

const itemsAt = ({ scan }: Listing, places: readonly number[]): WorkItem[] =>
  [...new Set(places)].flatMap((place) => {
    const message = scan.store.at(place)
    return message ? [{ place, message }] : []
  })

const notConnected = () => fail('notConnected', 'Connect before looking at retained messages.')
const noListing = () => fail('notFound', 'There is no listing of retained messages.')

const pageOf = (listing: Listing, { from, changesFrom }: PageRequest): RetainedPage => {
  const { scan, changes, cleared, work } = listing
  return {
    ...scan.state(),
    total: scan.store.size,
    bytes: scan.store.bytes,
    entries: scan.store.entries(from, from + retainedPageEntries),
    changes: changes.slice(changesFrom),
    work: work?.state() ?? null,
    undoable: cleared.at(-1)?.size ?? 0,
  }
}

/** The listings of retained messages, one a connection, and what is done to them. Payloads never leave this process. */
export const createRetainedManager = (given: RetainedManagerParts) => {
  const { dialled, maximumPacketBytes, now, lastWordMs = 3_000 } = given
  const listings = new Map<ProfileId, Listing>()
  const connectionParts = (id: ProfileId) => {
    const found = dialled(id)
    return found && { ...found, openTransport: openMqttTransport, maximumPacketSize: maximumPacketBytes(), now }
  }
  const close = (id: ProfileId) => {
    const listing = listings.get(id)
    listing?.scan.cancel()
    listing?.work?.close()
    listings.delete(id)
  }
  const begin = (id: ProfileId, kind: RetainedWork['kind'], chosen: (listing: Listing) => readonly WorkItem[]) => {
    const listing = listings.get(id)
    if (!listing) return noListing()
    if (isWorking(listing)) return fail('invalidInput', 'Something is being done to this listing.')
    const parts = connectionParts(id)
    if (!parts) return notConnected()
    const { filter, changes, cleared } = listing
    const items = chosen(listing)
    const batch: UndoBatch = (kind === 'undo' ? cleared.at(-1) : null) ?? new Map<number, StoredMessage>()
    const onFate = ({ place }: WorkItem, fate: RetainedFate, message: StoredMessage) => {
      // What could not be put back is as it was.
      if (kind === 'clear' || fate !== 'failed') changes.push({ place, fate })
      if (isUndoable[kind].has(fate)) batch.set(place, message)
      else batch.delete(place)
      if (batch.size === 0 && cleared.includes(batch)) cleared.splice(cleared.indexOf(batch), 1)
      if (batch.size > 0 && !cleared.includes(batch)) cleared.push(batch)
    }
    listing.work = startRetainedWork({ ...parts, kind, items, filter, lastWordMs, onFate })
    return ok(null)
  }

  return {
    /** Begins anew; `read` tells what comes of it. */
    list: (id: ProfileId, filter: string): Result<null> => {
      const parts = connectionParts(id)
      if (!parts) return notConnected()
      close(id)
      const scan = startRetainedScan({ ...parts, filter })
      listings.set(id, { filter, scan, changes: [], cleared: [], work: null })
      return ok(null)
    },
    read: (request: PageRequest): Result<RetainedPage> => {
      const listing = listings.get(request.connectionId)
      return listing ? ok(pageOf(listing, request)) : noListing()
    },
    clear: (id: ProfileId, places: readonly number[]): Result<null> =>
      begin(id, 'clear', (listing) => itemsAt(listing, places)),
    /** Puts back what the latest clearing emptied. */
    undo: (id: ProfileId): Result<null> =>
      begin(id, 'undo', ({ cleared }) => Array.from(cleared.at(-1) ?? [], ([place, message]) => ({ place, message }))),
    cancel: (id: ProfileId): Result<null> => {
      listings.get(id)?.scan.cancel()
      listings.get(id)?.work?.cancel()
      return ok(null)
    },
    close: (id: ProfileId): Result<null> => {
      close(id)
      return ok(null)
    },
    closeAll: () => {
      for (const id of [...listings.keys()]) close(id)
    },
  }
}
export type RetainedManager = ReturnType<typeof createRetainedManager>
