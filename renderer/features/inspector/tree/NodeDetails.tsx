import { useTranslations } from 'use-intl'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import type { SchemaFinding } from '#shared/jsonSchema/finding'
import { printJsonPath } from '#shared/json/jsonPath'
import { nodeAt, pathOf, wayOnPath, type NodeWay } from '../../../decode/tree/nodeChildren'
import { rowText, typeText, valueKind, valueText } from '../../../decode/tree/nodeText'
import { useFindingText } from '../../../mqttUi/useFindingText'
import { useApp } from '../../../state/useApp'
import { useLandmarkName } from '../../../state/useLandmarkName'
import { Button } from '../../../ui/Button'
import { VisibleName, VisibleText } from '../../../ui/VisibleText'
import { inspectorState } from '../inspectorState'
import styles from './tree.module.css'

/** Nobody reads more of one value here; copying gives all of it. */
const shownOfValue = 20_000

interface NodeDetailsProps {
  readonly root: PayloadNode
  readonly way: NodeWay
  /** Places of the payload that do not conform to a schema. */
  readonly findings: readonly SchemaFinding[]
}

/** All of the chosen value, whose row has room for its beginning only, and where its bytes stand. */
export function NodeDetails({ root, way, findings }: NodeDetailsProps) {
  const t = useTranslations('inspector.tree')
  const landmark = useLandmarkName(t('chosen'))
  const showsBytes = useApp(inspectorState, (state) => state.showsBytes)
  const toggleBytes = useApp(inspectorState, (state) => state.toggleBytes)
  const node = nodeAt(root, way) ?? root
  const { offset, length, reading } = node
  const range = length === 0 ? t('noBytes') : t('range', { from: offset, to: offset + length - 1, length })
  const value = valueKind(node) === 'container' ? rowText(node) : valueText(node)
  return (
    <section role="region" aria-label={landmark} className={styles.details}>
      <div className={styles.facts}>
        <span className={styles.path}>
          <VisibleName text={printJsonPath(pathOf(root, way))} limit={400} />
        </span>
        <span className={styles.fact}>{typeText(node)}</span>
        <span className={styles.fact}>{range}</span>
        {reading === undefined || reading === value ? null : <span className={styles.fact}>{reading}</span>}
        <span className={styles.toggle}>
          <Button variant="quiet" aria-pressed={showsBytes} title={t('bytesHint')} onClick={toggleBytes}>
            {t('bytes')}
          </Button>
        </span>
      </div>
      <Reasons reasons={findings.filter(({ path }) => wayOnPath(root, path).join('.') === way.join('.'))} />
      {value === '' ? null : (
        <div className={styles.whole} role="group" aria-label={t('chosen')} tabIndex={0}>
          <VisibleText text={value} limit={shownOfValue} />
        </div>
      )}
    </section>
  )
}

/** Why the chosen value does not conform. */
function Reasons({ reasons }: { readonly reasons: readonly SchemaFinding[] }) {
  const findingText = useFindingText()
  if (reasons.length === 0) return null
  return (
    <ul className={styles.reasons}>
      {reasons.map((finding, index) => (
        <li key={index}>{findingText(finding)}</li>
      ))}
    </ul>
  )
}
