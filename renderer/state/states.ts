// Why it is so: build/docs/decisions/50-a-connection-owns-its-state.md
import { createStore, type StoreApi } from 'zustand/vanilla'

export interface StateParts<State extends object, Owner> {
  /** What the value belongs to: the window, or one of its connections. */
  readonly owner: Owner
  readonly get: () => State
  /** Merges what is given into the state, as zustand does. */
  readonly set: (change: Partial<State> | ((state: State) => Partial<State>)) => void
}

/** The key to a value that each owner has for itself: who does not have the handle cannot reach the value. */
export interface StateHandle<State extends object, Owner> {
  readonly name: string
  readonly create: (parts: StateParts<State, Owner>) => State
  /** What an owner that was deleted and brought back gets again. Absent = nothing. */
  readonly keepsake?: (state: State) => Partial<State>
}

/** Values by handle. */
type Values = ReadonlyMap<object, object>

/** Everything that one owner holds. */
export interface States<Owner> {
  /** For `useStore`. It tells one change for each `set`, or for a whole `batch`. */
  readonly store: Pick<StoreApi<Values>, 'getState' | 'getInitialState' | 'subscribe'>
  /** Makes the value at the first use. */
  get<State extends object>(handle: StateHandle<State, Owner>): State
  /** Whatever is set meanwhile is told as one change, at the end. */
  batch(act: () => void): void
  /** Told after each change of this value. Answers its stop. */
  watch<State extends object>(
    handle: StateHandle<State, Owner>,
    listener: (state: State, before: State) => void,
  ): () => void
  /** Hands the keepsakes of the values on to another owner. */
  giveKeepsakes(to: States<Owner>): void
  put<State extends object>(handle: StateHandle<State, Owner>, change: Partial<State>): void
}

export const createStates = <Owner>(owner: () => Owner): States<Owner> => {
  const store = createStore<Values>()(() => new Map())
  /** Values as they were made. Making one is no change: nobody has read it before. */
  const made = new Map<object, object>()
  const keepsakeGivers: ((to: States<Owner>) => void)[] = []
  /** While a batch lasts: what the store will hold. */
  let pending: Map<object, object> | null = null

  const put = <State extends object>(handle: StateHandle<State, Owner>, change: Partial<State>) => {
    const value = { ...get(handle), ...change }
    if (pending) pending.set(handle, value)
    else store.setState(new Map(store.getState()).set(handle, value), true)
  }
  const make = <State extends object>(handle: StateHandle<State, Owner>): State => {
    const value = handle.create({
      owner: owner(),
      get: () => get(handle),
      set: (change) => put(handle, typeof change === 'function' ? change(get(handle)) : change),
    })
    made.set(handle, value)
    const { keepsake } = handle
    if (keepsake) keepsakeGivers.push((to) => to.put(handle, keepsake(get(handle))))
    return value
  }
  const get = <State extends object>(handle: StateHandle<State, Owner>): State => {
    const known = (pending ?? store.getState()).get(handle) ?? made.get(handle)
    // Values are put behind their handles in `put` and `make` only, so this one is of the handle's own type.
    return known ? (known as State) : make(handle)
  }
  return {
    store,
    get,
    put,
    batch: (act) => {
      if (pending) return act()
      pending = new Map(store.getState())
      try {
        act()
      } finally {
        const values = pending
        pending = null
        store.setState(values, true)
      }
    },
    watch: (handle, listener) => {
      let last = get(handle)
      return store.subscribe(() => {
        const state = get(handle)
        if (state === last) return
        const before = last
        last = state
        listener(state, before)
      })
    },
    giveKeepsakes: (to) => keepsakeGivers.forEach((give) => give(to)),
  }
}
