import type { PackedFrame } from './frameWriter'

/** Messages of earlier runs on their way to the window: they stand before all that comes, which waits until they are through. */
export interface EarlierMessages {
  begin(): void
  /** Resolves when there is room for another frame, or nobody wants one any more. */
  add(frame: PackedFrame): Promise<void>
  /** No more of them come. */
  end(): void
  /** Whether the window has not taken all of them. */
  isUnderWay(): boolean
  take(): PackedFrame | null
  /** Lets go of what waits, and of what is still to come. */
  drop(): void
}

/** One that the window takes, and one that is read meanwhile. */
const mostWaiting = 2

export const createEarlierMessages = (onChange: () => void): EarlierMessages => {
  let isComing = false
  let isWanted = true
  const waiting: PackedFrame[] = []
  const room: (() => void)[] = []

  const makeRoom = () => {
    for (const resolve of room.splice(0)) resolve()
  }
  return {
    begin: () => {
      isComing = true
    },
    add: (frame) => {
      if (!isWanted) return Promise.resolve()
      waiting.push(frame)
      onChange()
      return waiting.length < mostWaiting ? Promise.resolve() : new Promise((resolve) => room.push(resolve))
    },
    end: () => {
      isComing = false
      onChange()
    },
    isUnderWay: () => isComing || waiting.length > 0,
    take: () => {
      const frame = waiting.shift() ?? null
      if (frame) makeRoom()
      return frame
    },
    drop: () => {
      isWanted = false
      waiting.length = 0
      makeRoom()
    },
  }
}
