import { useTranslations } from 'use-intl'
import { isMeasuring, type MeterStatus } from '#shared/model/meter'
import { useErrorText } from '../../../../i18n/useErrorText'
import { formatCount } from '../../../../ui/format'

export interface MeterRemark {
  readonly text: string
  readonly isBad: boolean
}

/** Kinds of arrivals and answers that are told where there are some. */
const told = ['redelivered', 'copies', 'resent', 'stored', 'forgotten', 'lowered', 'unheard', 'unacknowledged'] as const

/** What is to be known beside the first numbers: that all is well, which messages came again and why, what limits the numbers. */
export const useMeterRemarks = () => {
  const t = useTranslations('meter')
  const errorText = useErrorText()
  return (meter: MeterStatus): readonly MeterRemark[] => {
    const { counts, firstRefusal, grantedQos, notes } = meter
    const remarks: MeterRemark[] = []
    const add = (text: string, isBad = false) => void remarks.push({ text, isBad })
    if (isClean(meter)) add(t('clean'))
    if (firstRefusal) add(t('firstRefusal', { reason: errorText(firstRefusal) }), true)
    for (const name of told)
      if (counts[name] > 0) add(t(`also.${name}`, { count: counts[name], number: formatCount(counts[name]) }))
    if (counts.lowered > 0 && grantedQos !== null && grantedQos < 2) add(t('grantedQos', { qos: grantedQos }))
    for (const note of notes) add(t(`notes.${note}`))
    return remarks
  }
}

const isClean = (meter: MeterStatus): boolean => {
  const { counts } = meter
  const wrong = counts.lost + counts.duplicated + counts.reordered + counts.late + counts.refused
  return !isMeasuring(meter) && counts.sent > 0 && wrong === 0
}
