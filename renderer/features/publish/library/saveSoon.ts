export interface SaveSoon<Value> {
  /** Hands the value on at once, or after the pause where one was handed on just now. */
  save(value: Value): void
  /** Hands on at once what waits. */
  flush(): void
}

/** Hands values on at once, then at most one per pause: the first and the last of a burst always arrive. */
export const createSaveSoon = <Value>(save: (value: Value) => void, pauseMs: number): SaveSoon<Value> => {
  let resting = false
  let waiting: { readonly value: Value } | null = null
  const flush = () => {
    if (!waiting) return
    const { value } = waiting
    waiting = null
    save(value)
  }
  const rest = () => {
    resting = true
    setTimeout(() => {
      resting = false
      if (!waiting) return
      flush()
      rest()
    }, pauseMs)
  }
  return {
    save: (value) => {
      if (resting) {
        waiting = { value }
        return
      }
      save(value)
      rest()
    },
    flush,
  }
}
