/** By how much messages went out later than their times, in milliseconds. */
export interface Drift {
  note(lateMs: number): void
  told(): { readonly mean: number; readonly most: number }
}

export const createDrift = (): Drift => {
  let sum = 0
  let count = 0
  let most = 0
  return {
    note: (lateMs) => {
      sum += lateMs
      count += 1
      most = Math.max(most, lateMs)
    },
    told: () => ({ mean: count === 0 ? 0 : sum / count, most }),
  }
}
