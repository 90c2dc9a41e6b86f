import { Notification } from 'electron'
import type { Alert } from '#shared/model/watch'

/** Shown ones: one that nothing holds is collected, and a click on it tells nobody. */
const shown = new Set<Notification>()
const mostShown = 50

/** Shows it as the system does. Nothing leaves the machine. False = this system shows none. */
export const showNotification = ({ title, body }: Alert, onClick: () => void): boolean => {
  if (!Notification.isSupported()) return false
  const notification = new Notification({ title, body })
  shown.add(notification)
  notification.once('click', () => {
    shown.delete(notification)
    onClick()
  })
  notification.once('close', () => shown.delete(notification))
  for (const oldest of shown) {
    if (shown.size <= mostShown) break
    shown.delete(oldest)
  }
  notification.show()
  return true
}
