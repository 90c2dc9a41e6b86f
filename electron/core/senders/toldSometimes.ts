import type { SenderStatus } from '#shared/model/sender'
import type { Sender } from './sender'

const tellEveryMs = 250

/** Tells of a sender when it is asked to, and four times a second until it is over and every message is answered. */
export const toldSometimes = (
  sender: Pick<Sender, 'status' | 'isSettled'>,
  onChange: (status: SenderStatus) => void,
) => {
  let isStopped = false
  const tell = () => {
    if (isStopped) return
    if (sender.isSettled()) stop()
    onChange(sender.status())
  }
  const timer = setInterval(tell, tellEveryMs)
  const stop = () => {
    isStopped = true
    clearInterval(timer)
  }
  return { now: tell, stop }
}
