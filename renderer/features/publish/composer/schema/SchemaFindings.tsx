import { useTranslations } from 'use-intl'
import { lineAndColumn } from '#shared/mqtt/prettyJson'
import type { SchemaFinding } from '#shared/jsonSchema/finding'
import { Popover } from '../../../../ui/Popover'
import styles from '../../publish.module.css'
import { useFindingText } from '../../../../mqttUi/useFindingText'
import type { SchemaChecked } from '../../../../state/useSchemaCheck'

interface FindingsProps {
  readonly checked: SchemaChecked
  readonly onGo: (position: number) => void
}

/** Below the text: the first place that does not conform to the schema, and a list of all. It is sent all the same. */
export function SchemaFindings({ checked: { text, checked }, onGo }: FindingsProps) {
  const t = useTranslations('schemas')
  if (checked.outcome !== 'differs') return null
  const { findings, count } = checked
  const [first] = findings
  if (!first) return null
  return (
    <div className={styles.findings} data-findings={count}>
      <FindingLine finding={first} text={text} hasConsequence onGo={onGo} />
      {count > 1 ? (
        <Popover
          title={
            findings.length < count
              ? t('check.first', { count: findings.length, all: count })
              : t('check.all', { count })
          }
          trigger={
            <button type="button" className={styles.allFindings}>
              {t('check.all', { count })}
            </button>
          }
        >
          <ul className={styles.findingList}>
            {findings.map((finding, index) => (
              <li key={index}>
                <FindingLine finding={finding} text={text} onGo={onGo} />
              </li>
            ))}
          </ul>
        </Popover>
      ) : null}
    </div>
  )
}

interface LineProps {
  readonly finding: SchemaFinding
  readonly text: string
  readonly hasConsequence?: boolean
  readonly onGo: (position: number) => void
}

function FindingLine({ finding, text, hasConsequence = false, onGo }: LineProps) {
  const t = useTranslations('schemas')
  const findingText = useFindingText()
  return (
    <button
      type="button"
      className={styles.problemLine}
      data-tone="warning"
      data-finding={finding.code}
      onClick={() => onGo(finding.position)}
    >
      <span className={styles.place}>{t('place', lineAndColumn(text, finding.position))}</span> {findingText(finding)}
      {hasConsequence ? ` ${t('check.sentAnyway')}` : null}
    </button>
  )
}
