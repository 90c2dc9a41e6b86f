import { useTranslations } from 'use-intl'
import type { BrokerWords } from '#shared/model/brokerWords'
import { visibleText } from '#shared/text/visibleText'

/** A tooltip of a broker's making must not fill the screen. */
const mostPairs = 20
const mostCharacters = 1_000

/** What a broker added to its code, as one line: its sentence, and pairs in the order they came in. */
export const useBrokerWords = (): ((words: BrokerWords | undefined) => string) => {
  const t = useTranslations('subscriptions')
  return (words) => {
    if (!words) return ''
    const { reasonString, userProperties } = words
    const pairs = userProperties.slice(0, mostPairs).map(([name, value]) => `${name}: ${value}`)
    const more = userProperties.length - mostPairs
    const said = [...(reasonString === null ? [] : [`“${reasonString}”`]), ...pairs]
    const text = visibleText(said.join(' · '), mostCharacters)
    return t('brokerSays', { words: more > 0 ? `${text} … (+${more})` : text })
  }
}
