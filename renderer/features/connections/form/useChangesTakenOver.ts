import { useTranslations } from 'use-intl'
import { profileSchema, type Profile } from '#shared/model/profile'
import { noticesState } from '../../../state/notices'
import { selectSessionState, sessionState } from '../../../state/session'
import type { OpenProfileForm } from './profileFormState'

/**
 * For a profile that was saved while there is a session: one that waits for its next try makes it at once, and of one
 * that is online it is said that the change takes another connection.
 */
export const useChangesTakenOver = () => {
  const t = useTranslations('profile')
  return ({ profile: before, connection }: OpenProfileForm, after: Profile): void => {
    if (!connection || isSameConnection(before, after)) return
    const session = connection.get(sessionState)
    const { phase } = selectSessionState(session)
    if (phase === 'waiting') void session.connect()
    if (phase !== 'online') return
    const reconnect = async () => {
      await session.disconnect()
      await session.connect()
    }
    connection.app.get(noticesState).show({
      text: t('takenOverLater'),
      action: { label: t('reconnect'), run: () => void reconnect() },
    })
  }
}

const isSameConnection = (before: Profile, after: Profile) => {
  const keys = Object.keys(profileSchema.shape) as (keyof Profile)[]
  return keys.every((key) => heldAtOnce.has(key) || JSON.stringify(before[key]) === JSON.stringify(after[key]))
}

/** Holds as soon as it is saved; from all else a connection is made. */
const heldAtOnce = new Set<string>([
  'name',
  'folder',
  'colour',
  'reconnect',
  'subscriptions',
] satisfies (keyof Profile)[])
