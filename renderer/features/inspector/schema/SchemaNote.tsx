import { useTranslations } from 'use-intl'
import type { SchemaFinding } from '#shared/jsonSchema/finding'
import { visibleName } from '#shared/text/visibleText'
import { useFindingText } from '../../../mqttUi/useFindingText'
import { useTopicChecks } from '../../../state/schemaCounts'
import { formatCount } from '../../../ui/format'
import styles from './schema.module.css'
import type { HeldPayload } from './useHeldPayload'

interface SchemaNoteProps {
  readonly held: HeldPayload
  readonly topic: string
  readonly onGo: (finding: SchemaFinding) => void
}

/** Whether the payload conforms to the JSON Schema of its topic; where it does not, each place with its reason. */
export function SchemaNote({ held, topic, onGo }: SchemaNoteProps) {
  const t = useTranslations('schemas')
  const findingText = useFindingText()
  const { outcome, findings, count } = held
  const file = visibleName(held.file)
  return (
    <section className={styles.note} data-schema-outcome={outcome}>
      <p role="status" className={styles.line}>
        {t(`held.${outcome}`, { file, count })}
        <TopicCounts topic={topic} />
      </p>
      {findings.length === 0 ? null : (
        <ul aria-label={t('held.list')} className={styles.list}>
          {findings.map((finding, index) => (
            <li key={index}>
              <button
                type="button"
                className={styles.finding}
                data-finding={finding.code}
                title={t('held.goTo')}
                onClick={() => onGo(finding)}
              >
                {findingText(finding)}
              </button>
            </li>
          ))}
          {findings.length < count ? (
            <li className={styles.more}>{t('check.first', { count: findings.length, all: count })}</li>
          ) : null}
        </ul>
      )}
    </section>
  )
}

function TopicCounts({ topic }: { readonly topic: string }) {
  const t = useTranslations('schemas')
  const counts = useTopicChecks(topic)
  if (!counts || counts.differing === 0) return null
  const { differing, checked } = counts
  return (
    <span className={styles.onTopic} title={t('counts.hint')}>
      {t('held.onTopic', { differing: formatCount(differing), checked: formatCount(checked) })}
    </span>
  )
}
