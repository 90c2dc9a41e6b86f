import type { RetainedEntry, RetainedFate, RetainedPage } from '#shared/model/retained'

/** Whether the broker keeps a message for a topic. */
export interface KeptTopic {
  readonly topic: string
  readonly isKept: boolean
}

/** What a fate says of it; absent = nothing. */
const keptAfter: Readonly<Partial<Record<RetainedFate, boolean>>> = {
  cleared: false,
  gone: false,
  expired: false,
  missing: false,
  stayed: true,
  changed: true,
  restored: true,
  newer: true,
  standing: true,
}

/** What a page tells of topics: those it lists, and what has become of any; `entries` are all that were listed so far. */
export const keptTopicsOf = (
  { entries: listed, changes }: Pick<RetainedPage, 'entries' | 'changes'>,
  entries: readonly RetainedEntry[],
): KeptTopic[] => [
  ...listed.map(({ topic }) => ({ topic, isKept: true })),
  ...changes.flatMap(({ place, fate }) => {
    const topic = entries[place]?.topic
    const isKept = keptAfter[fate]
    return topic === undefined || isKept === undefined ? [] : [{ topic, isKept }]
  }),
]
