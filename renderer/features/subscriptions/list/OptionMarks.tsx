import { useTranslations } from 'use-intl'
import type { Subscription } from '#shared/model/subscription'
import { useProtocolVersion } from '../../../state/useEntry'
import styles from '../subscriptions.module.css'

/** The options of MQTT 5 that differ from the defaults, by the initials of their names in the specification. */
export function OptionMarks({ subscription: { options } }: { readonly subscription: Subscription }) {
  const t = useTranslations('subscriptions.options')
  const version = useProtocolVersion()
  if (!options || version !== '5') return null
  const { noLocal, retainAsPublished, retainHandling } = options
  const marks = [
    ...(noLocal ? [['NL', `${t('noLocal')}: ${t('noLocalHint')}`]] : []),
    ...(retainAsPublished ? [['RAP', `${t('retainAsPublished')}: ${t('retainAsPublishedHint')}`]] : []),
    ...(retainHandling === 0
      ? []
      : [[`RH${retainHandling}`, `${t('retainHandling')}: ${t(`handling.${retainHandling}`)}`]]),
  ]
  return marks.map(([mark, title]) => (
    <abbr key={mark} className={styles.optionMark} title={title}>
      {mark}
    </abbr>
  ))
}
