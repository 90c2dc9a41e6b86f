import { useTranslations } from 'use-intl'
import type { ConnectionFailure, Remedy } from '#shared/model/failure'
import { useApp } from '../../store/useApp'
import { visibleText } from '#shared/text/visibleText'

/** Why a remedy may help, and what its button says. */
export const useRemedyWords = ({ id, values = {} }: Remedy): { readonly why: string; readonly action: string } => {
  const t = useTranslations('remedies')
  const shown = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, visibleText(String(value))]))
  return { why: t(`${id}.why`, shown), action: t(`${id}.action`, shown) }
}

/** Does what a remedy's button says. */
export const useRemedyVerb = (connectionId: string, failure: ConnectionFailure): ((remedy: Remedy) => void) => {
  const tryRemedy = useApp((app) => app.tryRemedy)
  const openProfileForm = useApp((app) => app.openProfileForm)
  const askForPassphrase = useApp((app) => app.askForPassphrase)
  const askForPassword = useApp((app) => app.askForPassword)
  const dropMessage = useApp((app) => app.dropMessage)
  const switchOffFilter = useApp((app) => app.switchOffFilter)
  return ({ key, action }) => {
    switch (action.kind) {
      case 'tryOnce':
        return void tryRemedy(connectionId, key)
      case 'edit':
        return openProfileForm(connectionId, action.field)
      case 'signIn':
        return askForPassword(connectionId, failure.code === 'connectRefused' ? failure : undefined)
      case 'passphrase':
        return askForPassphrase(connectionId, failure)
      case 'dropMessage':
        return void dropMessage(connectionId, action.sequence)
      case 'switchOffFilter':
        return void switchOffFilter(connectionId, action.filter)
    }
  }
}
