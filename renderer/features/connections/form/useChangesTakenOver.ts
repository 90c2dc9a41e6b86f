import { useTranslations } from 'use-intl'
import { profileSchema, type Profile } from '#shared/model/profile'
import { useApp, useAppStore } from '../../../store/useApp'
import { selectSessionState } from '../connectionSelectors'

/** Holds as soon as it is saved; from all else a connection is made. */
const heldAtOnce = new Set<string>([
  'name',
  'folder',
  'colour',
  'reconnect',
  'subscriptions',
] satisfies (keyof Profile)[])

const isSameConnection = (before: Profile, after: Profile) => {
  const keys = Object.keys(profileSchema.shape) as (keyof Profile)[]
  return keys.every((key) => heldAtOnce.has(key) || JSON.stringify(before[key]) === JSON.stringify(after[key]))
}

/**
 * For a profile that was saved while there is a session: one that waits for its next try makes it at once, and of one
 * that is online it is said that the change takes another connection.
 */
export const useChangesTakenOver = () => {
  const t = useTranslations('profile')
  const store = useAppStore()
  const connect = useApp((state) => state.connect)
  const disconnect = useApp((state) => state.disconnect)
  const showNotice = useApp((state) => state.showNotice)
  return (before: Profile, after: Profile): void => {
    const { phase } = selectSessionState(after.id)(store.getState())
    if (isSameConnection(before, after)) return
    if (phase === 'waiting') void connect(after.id)
    if (phase !== 'online') return
    const reconnect = async () => {
      await disconnect(after.id)
      await connect(after.id)
    }
    showNotice({ text: t('takenOverLater'), action: { label: t('reconnect'), run: () => void reconnect() } })
  }
}
