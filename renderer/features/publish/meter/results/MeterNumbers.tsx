import { useTranslations } from 'use-intl'
import type { MeterCounts } from '#shared/model/meter'
import { formatCount } from '../../../../ui/format'
import styles from '../meter.module.css'

/** Those that are looked at first; of the last ones any is too many. */
const numbers = [
  { name: 'sent', isBad: false },
  { name: 'received', isBad: false },
  { name: 'lost', isBad: true },
  { name: 'duplicated', isBad: true },
  { name: 'reordered', isBad: true },
  { name: 'late', isBad: true },
  { name: 'refused', isBad: true },
  { name: 'waiting', isBad: false },
] as const satisfies readonly { readonly name: keyof MeterCounts; readonly isBad: boolean }[]

/** What became of the messages, each number in a place of its own that does not move. */
export function MeterNumbers({ counts }: { readonly counts: MeterCounts }) {
  const t = useTranslations('meter')
  return (
    <dl className={styles.numbers}>
      {numbers.map(({ name, isBad }) => (
        <div key={name} className={styles.number} title={t(`hints.${name}`)}>
          <dt>{t(`numbers.${name}`)}</dt>
          <dd data-meter={name} data-value={counts[name]} data-bad={isBad && counts[name] > 0}>
            {formatCount(counts[name])}
          </dd>
        </div>
      ))}
    </dl>
  )
}
