import type { RetainedEntry, RetainedFate, RetainedPage } from '#shared/model/retained'

/** Whether the broker keeps a message for a topic. */
export interface RetainedTopic {
  readonly topic: string
  readonly isRetained: boolean
}

/** What a fate says of it; absent = nothing. */
const retainedAfter: Readonly<Partial<Record<RetainedFate, boolean>>> = {
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
export const retainedTopicsOf = (
  { entries: listed, changes }: Pick<RetainedPage, 'entries' | 'changes'>,
  entries: readonly RetainedEntry[],
): RetainedTopic[] => [
  ...listed.map(({ topic }) => ({ topic, isRetained: true })),
  ...changes.flatMap(({ place, fate }) => {
    const topic = entries[place]?.topic
    const isRetained = retainedAfter[fate]
    return topic === undefined || isRetained === undefined ? [] : [{ topic, isRetained }]
  }),
]
