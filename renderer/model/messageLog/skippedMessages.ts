/** When messages came that the window never looked at: the bounded inbox dropped them, or their frame was damaged. */
export interface SkippedMessages {
  /** How many there are by now, in all; `at` is a steady time. */
  follow(count: number, at: number): void
  /** When they last became more, on the steady clock; 0 = there are none. */
  lastAt(): number
}

export const createSkippedMessages = (): SkippedMessages => {
  let known = 0
  let lastAt = 0
  return {
    follow: (count, at) => {
      if (count > known) lastAt = at
      known = count
    },
    lastAt: () => lastAt,
  }
}
