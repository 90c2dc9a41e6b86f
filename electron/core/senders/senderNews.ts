import type { SenderStatus } from '#shared/model/sender'
import type { Sender } from './sender'

type Told = Pick<Sender, 'status' | 'isSettled'>

/** What becomes of senders, told of one when it begins and ends, and of all that run together some times a second. */
export interface SenderNews {
  /** Until it is over and every message is answered. */
  follow(sender: Told): void
  /** Tells of it at once. */
  now(sender: Told): void
  /** Tells nothing more of it. */
  forget(sender: Told): void
}

const tellEveryMs = 250

/** However many run, the window is told of them at one time: each telling has it draw. */
export const createSenderNews = (onChange: (statuses: readonly SenderStatus[]) => void): SenderNews => {
  const followed = new Set<Told>()
  let timer: NodeJS.Timeout | null = null

  const forget = (sender: Told) => {
    followed.delete(sender)
    if (followed.size > 0 || !timer) return
    clearInterval(timer)
    timer = null
  }
  const tell = (senders: readonly Told[]) => {
    const statuses = senders.map((sender) => sender.status())
    for (const sender of senders) if (sender.isSettled()) forget(sender)
    onChange(statuses)
  }
  return {
    follow: (sender) => {
      followed.add(sender)
      timer ??= setInterval(() => tell([...followed]), tellEveryMs)
    },
    now: (sender) => {
      if (followed.has(sender)) tell([sender])
    },
    forget,
  }
}
