import { useTranslations } from 'use-intl'
import type { AppError } from '#shared/result'
import { useErrorText } from '../i18n/useErrorText'
import { useProtocolVersion } from './useEntry'

/** 3.1.1 §3.9.3: the one return code for all refusals; MQTT 5 has it for those it does not want to explain. */
const failure = 0x80

/** Why a filter was refused, the reason first; before MQTT 5 a refusal has none, and none is made up. */
export const useRefusalText = (): ((error: AppError) => string) => {
  const t = useTranslations('subscriptions')
  const errorText = useErrorText()
  const version = useProtocolVersion()
  return (error) =>
    error.code === 'subscribeRefused' && error.reasonCode === failure && version !== '5'
      ? t('refusedWithoutReason', { version })
      : errorText(error)
}
