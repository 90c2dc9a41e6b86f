import { useTranslations } from 'use-intl'
import type { Leftover } from '#shared/address/connectionReading'
import { visibleText } from '#shared/text/visibleText'
import styles from './mqttUi.module.css'

interface LeftoverListProps {
  readonly label: string
  readonly left: readonly Leftover[]
}

/** What of a pasted command stands in no field, each part with why. */
export function LeftoverList({ label, left }: LeftoverListProps) {
  const t = useTranslations('mosquitto.left')
  return left.length === 0 ? null : (
    <>
      <p className={styles.leftHead}>{label}</p>
      <ul className={styles.left} aria-label={label}>
        {left.map(({ text, why }, place) => (
          // Two parts may be written alike.
          <li key={`${String(place)} ${text}`}>
            <code>{visibleText(text)}</code> {t(why)}
          </li>
        ))}
      </ul>
    </>
  )
}
