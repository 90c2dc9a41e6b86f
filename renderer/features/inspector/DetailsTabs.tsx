import { useTranslations } from 'use-intl'
import { useApp } from '../../state/useApp'
import styles from './inspector.module.css'
import { inspectorState, inspectorTabs, type InspectorTab } from './inspectorState'

interface TabCount {
  readonly count: number
  /** There may be more: not all is looked through yet. */
  readonly isLeast?: boolean
}

export interface DetailsTabsProps {
  /** How much there is to see in a tab; absent = not known, or nothing that is counted. */
  readonly counts: Readonly<Partial<Record<InspectorTab, TabCount>>>
}

/** What of a message the details show, and how much there is of each. */
export function DetailsTabs({ counts }: DetailsTabsProps) {
  const t = useTranslations('inspector')
  const tab = useApp(inspectorState, (state) => state.tab)
  const showTab = useApp(inspectorState, (state) => state.showTab)
  return (
    <div role="group" aria-label={t('tab')} className={styles.tabs}>
      {inspectorTabs.map((one) => {
        const counted = counts[one]
        return (
          <button
            key={one}
            type="button"
            className={styles.tab}
            aria-pressed={one === tab}
            title={counted && one !== 'payload' ? t(`tabCounts.${one}`, { count: counted.count }) : undefined}
            onClick={() => showTab(one)}
          >
            <span>{t(`tabs.${one}`)}</span>
            {counted ? (
              <span className={styles.tabCount} aria-hidden="true">
                {shortCount(counted)}
              </span>
            ) : null}
          </button>
        )
      })}
    </div>
  )
}

/** `812`, `48k`, `1.2M`; with a plus where there may be more. */
const shortCount = ({ count, isLeast = false }: TabCount): string => {
  const short =
    count < 10_000 ? String(count) : count < 1e6 ? `${Math.floor(count / 1e3)}k` : `${Math.floor(count / 1e5) / 10}M`
  return isLeast ? `${short}+` : short
}
