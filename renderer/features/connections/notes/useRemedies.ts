import { useTranslations } from 'use-intl'
import type { ConnectionFailure, Remedy } from '#shared/model/failure'
import { visibleText } from '#shared/text/visibleText'
import { sessionState } from '../../../state/session'
import { subscriptionsState } from '../../../state/subscriptions'
import { useConnectionObject } from '../../../state/useConnection'
import { profileFormState } from '../form/profileFormState'

interface RemedyTexts {
  readonly why: string
  readonly action: string
}

/** Why remedies may help, and what their buttons say. */
export const useRemedyTexts = (): ((remedy: Remedy) => RemedyTexts) => {
  const t = useTranslations('remedies')
  return ({ id, values = {} }) => {
    const shown = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, visibleText(String(value))]))
    return { why: t(`${id}.why`, shown), action: t(`${id}.action`, shown) }
  }
}

export const useRemedyWords = (remedy: Remedy): RemedyTexts => useRemedyTexts()(remedy)

/** Does what a remedy's button says. */
export const useRemedyVerb = (failure: ConnectionFailure): ((remedy: Remedy) => void) => {
  const connection = useConnectionObject()
  return ({ key, action }) => {
    const session = connection.get(sessionState)
    switch (action.kind) {
      case 'tryOnce':
        return void session.tryRemedy(key)
      case 'edit':
        return connection.app.get(profileFormState).edit(connection, action.field)
      case 'signIn':
        return session.askForPassword(failure.code === 'connectRefused' ? failure : undefined)
      case 'passphrase':
        return session.askForPassphrase(failure)
      case 'dropMessage':
        return void session.dropMessage(action.sequence)
      case 'switchOffFilter':
        return void connection.get(subscriptionsState).switchOff(action.filter)
    }
  }
}
