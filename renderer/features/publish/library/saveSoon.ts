/** Hands values on at once, then at most one per pause: the first and the last of a burst always arrive. */
export const saveSoon = <Value>(save: (value: Value) => void, pauseMs: number): ((value: Value) => void) => {
  let resting = false
  let waiting: { readonly value: Value } | null = null
  const rest = () => {
    resting = true
    setTimeout(() => {
      resting = false
      if (!waiting) return
      const { value } = waiting
      waiting = null
      save(value)
      rest()
    }, pauseMs)
  }
  return (value) => {
    if (resting) {
      waiting = { value }
      return
    }
    save(value)
    rest()
  }
}
