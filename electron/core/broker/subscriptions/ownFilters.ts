import { ownSubscriptionId, type Subscription, type SubscriptionState } from '#shared/model/subscription'
import { fail, type AppError } from '#shared/result'

/** A filter that the application itself wants. */
export interface HeldFilter {
  /** Null = granted; else why it is not. */
  readonly granted: Promise<AppError | null>
  /** Where it stands with the broker now. */
  state(): SubscriptionState
  /** It is wanted no longer. */
  release(): void
}

export interface OwnFilterWish {
  /** Retained messages too; default: not. */
  readonly wantsRetained?: boolean
}

export interface OwnFiltersParts {
  readonly stateOf: (filter: string) => SubscriptionState
  /** The list changed. */
  readonly onChange: () => void
}

/** Filters beside those of the person's list, each for as long as somebody holds it. They are not in that list. */
export interface OwnFilters {
  /** What the server keeps on it was there before it was asked, and comes only where it is wanted. */
  hold(filter: string, wish?: OwnFilterWish): HeldFilter
  list(): readonly Subscription[]
  /** The states of filters may have changed. */
  check(): void
  /** The connection ended: what waits is not granted. */
  end(): void
}

export const createOwnFilters = ({ stateOf, onChange }: OwnFiltersParts): OwnFilters => {
  const held = new Map<string, { readonly number: number; readonly wish: OwnFilterWish; holders: number }>()
  const waiting = new Set<{ readonly filter: string; readonly answer: (error: AppError | null) => void }>()

  const check = () => {
    for (const one of waiting) {
      const answer = answerOf(stateOf(one.filter))
      if (answer === undefined) continue
      waiting.delete(one)
      one.answer(answer)
    }
  }
  const add = (filter: string, wish: OwnFilterWish) => {
    const known = held.get(filter)
    if (known) {
      known.holders += 1
      return
    }
    held.set(filter, { number: freeNumber([...held.values()]), wish, holders: 1 })
    onChange()
  }
  const remove = (filter: string) => {
    const known = held.get(filter)
    if (!known) return
    known.holders -= 1
    if (known.holders > 0) return
    held.delete(filter)
    onChange()
  }

  return {
    hold: (filter, wish = {}) => {
      let isReleased = false
      const granted = new Promise<AppError | null>((answer) => waiting.add({ filter, answer }))
      add(filter, wish)
      check()
      return {
        granted,
        state: () => stateOf(filter),
        release: () => {
          if (!isReleased) remove(filter)
          isReleased = true
        },
      }
    },
    list: () => [...held].map(([filter, { number, wish }]) => subscriptionTo(filter, ownSubscriptionId(number), wish)),
    check,
    end: () => {
      for (const { answer } of waiting) answer(notConnected)
      waiting.clear()
    },
  }
}

/** A number is used again: sets of subscriptions, of which messages are told, stand for as long as the session does. */
const freeNumber = (used: readonly { readonly number: number }[]): number => {
  const taken = new Set(used.map(({ number }) => number))
  let number = 1
  while (taken.has(number)) number += 1
  return number
}

const subscriptionTo = (filter: string, id: string, { wantsRetained = false }: OwnFilterWish): Subscription => ({
  id,
  filter,
  qos: 2,
  colour: 'blue',
  alias: '',
  enabled: true,
  muted: false,
  options: { noLocal: false, retainAsPublished: false, retainHandling: wantsRetained ? 0 : 2 },
})

const notConnected = fail('notConnected', 'The connection ended before the filter was granted.').error

/** Undefined = not known yet. */
const answerOf = (state: SubscriptionState): AppError | null | undefined => {
  if (state.phase === 'granted') return null
  if (state.phase === 'refused') return state.error
  if (state.phase !== 'heldBack') return undefined
  return fail('subscribeRefused', `The filter is held back: ${state.reason}.`, { values: { reason: state.reason } })
    .error
}
