import { FileCheck2, WandSparkles } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { sampleOf } from '#shared/jsonSchema/sampleOf'
import { fileNameOf } from '#shared/model/schemaFileName'
import { visibleText } from '#shared/text/visibleText'
import { focusState } from '../../../../state/focus'
import { useApp } from '../../../../state/useApp'
import { Button } from '../../../../ui/Button'
import { IconButton } from '../../../../ui/IconButton'
import styles from '../../publish.module.css'
import type { BoundToTopic } from './useBoundSchema'
import type { SchemaChecked } from '../../../../state/useSchemaCheck'

interface ToolsProps {
  readonly bound: BoundToTopic
  readonly checked: SchemaChecked | null
  /** What is written is no JSON that could be held against it. */
  readonly isOther: boolean
  readonly isTemplate: boolean
  readonly isEmpty: boolean
  readonly onFill: (payload: string) => void
}

/** The schema that the topic of the message has, whether the payload conforms to it, and a sample of it. */
export function SchemaTools({ bound, checked, isOther, isTemplate, isEmpty, onFill }: ToolsProps) {
  const t = useTranslations('schemas')
  const focus = useApp(focusState, (state) => state.focus)
  const { state, word } = useVerdict({ bound, checked, isOther, isTemplate, isEmpty })
  const name = visibleText(fileNameOf(bound.rule.schema.path))
  const { json } = bound
  return (
    <>
      <Button
        variant="plain"
        icon={<FileCheck2 size={14} aria-hidden />}
        title={`${t('boundHint')}: ${visibleText(bound.rule.filter)}`}
        className={styles.schemaChip}
        data-schema-state={state}
        onClick={() => focus('schemas')}
      >
        {t('bound', { name })}
        {word === '' ? null : <span className={styles.verdict}>{word}</span>}
      </Button>
      {json && !isOther ? (
        <IconButton
          label={t('fill')}
          icon={<WandSparkles size={14} />}
          onClick={() => onFill(sampleOf(json.document))}
        />
      ) : null}
    </>
  )
}

const useVerdict = ({
  bound,
  checked,
  isOther,
  isTemplate,
  isEmpty,
}: Omit<ToolsProps, 'onFill'>): { readonly state: string; readonly word: string } => {
  const t = useTranslations('schemas.check')
  const { status } = bound.loaded
  if (status === 'unreadable' || status === 'noJson' || status === 'faultyProtobuf' || status === 'faultyAvro')
    return { state: 'broken', word: t('unreadable') }
  if (!bound.json || isOther || isEmpty) return { state: 'none', word: '' }
  if (isTemplate) return { state: 'preview', word: t('template') }
  const outcome = checked?.checked
  if (!outcome) return { state: 'checking', word: '' }
  if (outcome.outcome === 'noJson') return { state: 'none', word: '' }
  if (outcome.outcome === 'differs') return { state: 'differs', word: t('differs', { count: outcome.count }) }
  return { state: outcome.outcome === 'conforms' ? 'conforms' : 'unchecked', word: t(outcome.outcome) }
}
