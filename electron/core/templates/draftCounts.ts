import { createHash } from 'node:crypto'
import type { ComposedMessage } from '#shared/model/publish'
import type { Result } from '#shared/result'
import { textsOf } from './messageTemplate'
import type { TemplateMemory } from './templateValues'

/** What the template of a draft remembers of the messages that were made of it one by one. */
export interface DraftCount {
  /** When the first was made, from which waves are counted. Milliseconds since 1970. */
  readonly startedAt: number
  readonly made: number
  readonly memory: TemplateMemory
}

/** A template, and the draft it is sent from; without one, it is sent once. */
export interface CountedDraft {
  readonly draftId?: string | undefined
  readonly message: ComposedMessage
}

/**
 * Where the counters and walks of drafts are, from one single send to the next, until the application ends. A template whose texts
 * were changed begins anew, because its places are others.
 */
export interface DraftCounts {
  /** Makes one message of a draft, and the next when that is done: so that they are numbered as they were asked for. */
  make<Made>(draft: CountedDraft, make: (count: DraftCount) => Promise<Result<Made>>): Promise<Result<Made>>
  /** What the next message begins with, when those that were asked for are made. */
  next(draft: CountedDraft): Promise<DraftCount>
  /** The next message is the first. */
  begin(draftId: string): Promise<void>
}

/** So many drafts are remembered, those that were sent last. */
const mostDrafts = 1_000

export const createDraftCounts = (now: () => number): DraftCounts => {
  const counts = new Map<string, DraftCount & { readonly texts: string }>()
  const turns = new Map<string, Promise<unknown>>()

  const countOf = (draft: CountedDraft, texts: string): DraftCount => {
    const known = counts.get(draft.draftId ?? '')
    return known?.texts === texts ? known : { startedAt: now(), made: 0, memory: new Map() }
  }
  const keep = (draftId: string, count: DraftCount & { readonly texts: string }) => {
    counts.delete(draftId)
    counts.set(draftId, count)
    for (const oldest of counts.keys()) if (counts.size > mostDrafts) counts.delete(oldest)
  }
  const inTurn = <Done>(draftId: string, act: () => Promise<Done>): Promise<Done> => {
    const turn = (turns.get(draftId) ?? Promise.resolve()).then(act)
    const over: Promise<unknown> = turn
      .catch(() => undefined)
      .then(() => (turns.get(draftId) === over ? turns.delete(draftId) : undefined))
    turns.set(draftId, over)
    return turn
  }

  return {
    make: (draft, make) => {
      const { draftId } = draft
      if (draftId === undefined) return make({ startedAt: now(), made: 0, memory: new Map() })
      return inTurn(draftId, async () => {
        const texts = digestOf(draft.message)
        const { startedAt, made, memory } = countOf(draft, texts)
        // What fails half way counts nothing.
        const changed = new Map(memory)
        const result = await make({ startedAt, made, memory: changed })
        if (result.ok) keep(draftId, { startedAt, made: made + 1, memory: changed, texts })
        return result
      })
    },
    next: async (draft) => {
      await turns.get(draft.draftId ?? '')
      const { memory, ...count } = countOf(draft, digestOf(draft.message))
      return { ...count, memory: new Map(memory) }
    },
    begin: (draftId) =>
      inTurn(draftId, () => {
        counts.delete(draftId)
        return Promise.resolve()
      }),
  }
}

const digestOf = (message: ComposedMessage): string =>
  createHash('sha256')
    .update(JSON.stringify(textsOf(message).map(({ text }) => text)))
    .digest('base64')
