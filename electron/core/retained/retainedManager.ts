import type { ProfileId } from '#shared/model/profile'
import { retainedPageEntries, type RetainedChange, type RetainedPage, type RetainedWork } from '#shared/model/retained'
import { fail, ok, type Result } from '#shared/result'
import { openMqttTransport } from '../broker/mqttTransport'
import { startRetainedScan, type RetainedScan } from './retainedScan'
import { startRetainedWork, type RunningWork } from './retainedWork'
import type { Dialled } from './shortConnection'

export interface RetainedManagerParts {
  /** How the connection is made that is online now; null = it is not. */
  readonly dialled: (id: ProfileId) => Dialled | null
  readonly maximumPacketBytes: () => number
  readonly now: () => number
}

interface Listing {
  readonly scan: RetainedScan
  readonly changes: RetainedChange[]
  /** Places each clearing emptied that are not put back, latest clearing last. */
  readonly cleared: Set<number>[]
  work: RunningWork | null
}

export interface PageRequest {
  readonly connectionId: ProfileId
  readonly from: number
  readonly changesFrom: number
}

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
export const createRetainedManager = ({ dialled, maximumPacketBytes, now }: RetainedManagerParts) => {
  const listings = new Map<ProfileId, Listing>()
  const connectionParts = (id: ProfileId) => {
    const found = dialled(id)
    return found && { ...found, openTransport: openMqttTransport, maximumPacketSize: maximumPacketBytes(), now }
  }
  const close = (id: ProfileId) => {
    const listing = listings.get(id)
    listing?.scan.cancel()
    listing?.work?.cancel()
    listings.delete(id)
  }
  const begin = (id: ProfileId, kind: RetainedWork['kind'], chosen: (listing: Listing) => readonly number[]) => {
    const listing = listings.get(id)
    if (!listing) return noListing()
    if (listing.work?.state().running) return fail('invalidInput', 'Something is being done to this listing.')
    const parts = connectionParts(id)
    if (!parts) return notConnected()
    const { scan, changes, cleared } = listing
    const places = chosen(listing)
    const batch = kind === 'clear' ? new Set<number>() : (cleared.at(-1) ?? new Set<number>())
    const onChange = (change: RetainedChange) => {
      changes.push(change)
      if (change.fate === 'cleared') batch.add(change.place)
      else if (change.fate !== 'failed') batch.delete(change.place)
      if (kind === 'clear' && batch.size === 1 && !cleared.includes(batch)) cleared.push(batch)
      if (kind === 'undo' && batch.size === 0) cleared.splice(cleared.indexOf(batch), 1)
    }
    listing.work = startRetainedWork({ ...parts, kind, store: scan.store, places, onChange })
    return ok(null)
  }

  return {
    /** Begins anew; `read` tells what comes of it. */
    list: (id: ProfileId, filter: string): Result<null> => {
      const parts = connectionParts(id)
      if (!parts) return notConnected()
      close(id)
      listings.set(id, { scan: startRetainedScan({ ...parts, filter }), changes: [], cleared: [], work: null })
      return ok(null)
    },
    read: (request: PageRequest): Result<RetainedPage> => {
      const listing = listings.get(request.connectionId)
      return listing ? ok(pageOf(listing, request)) : noListing()
    },
    clear: (id: ProfileId, places: readonly number[]): Result<null> => begin(id, 'clear', () => [...new Set(places)]),
    /** Puts back what the latest clearing emptied. */
    undo: (id: ProfileId): Result<null> => begin(id, 'undo', ({ cleared }) => [...(cleared.at(-1) ?? [])]),
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
