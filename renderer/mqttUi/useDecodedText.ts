import { useTranslations } from 'use-intl'
import { visibleName, visibleText } from '#shared/text/visibleText'
import type { Decoded } from '../state/decoded'

/** Says of a payload how it is decoded and why so, or why it is not. */
export const useDecodedText = (): ((decoded: Decoded) => string) => {
  const t = useTranslations('decoding')
  return (decoded) => {
    const { way } = decoded
    const decoder = visibleText(way.decoder)
    const how =
      way.found === 'rule'
        ? t('byRule', { decoder, filter: visibleName(way.filter) })
        : t(way.found === 'contentType' ? 'byContentType' : 'byBytes', { decoder })
    if (decoded.status !== 'failed') return how
    const { at, offset } = decoded
    const reason = t(`reasons.${decoded.reason}`)
    return `${how}. ${at === '' ? t('failed', { offset, reason }) : t('failedIn', { at, offset, reason })}`
  }
}
