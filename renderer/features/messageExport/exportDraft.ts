import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import { parseTemplate } from '#shared/recording/writers/messageTemplate'
import { canHoldDecoded, type ExportFormat } from '#shared/recording/exportFormat'
import type { SequenceRanges } from '../../model/sequenceRanges'
import { defineAppState } from '../../state/app'
import type { ExportChoice } from '../../state/exportedRows'
import type { ExportPlan } from '../../state/exportPlan'

export const choiceKinds = ['chosen', 'shown', 'topics', 'all'] as const

/** What stands in the dialog. */
export interface ExportDraft {
  readonly kind: ExportChoice['kind']
  /** Null = none were chosen. */
  readonly chosen: SequenceRanges | null
  readonly filter: string
  readonly format: ExportFormat
  readonly template: string
  readonly decoded: boolean
}

type Chosen = Pick<ExportDraft, 'format' | 'template' | 'decoded'>

interface LastExport extends Chosen {
  remember(chosen: Chosen): void
}

/** How messages were exported last: the next export begins with it. */
export const lastExportState = defineAppState<LastExport>('lastExport', ({ set }) => ({
  format: 'jsonl',
  template: '%I %t %p',
  decoded: false,
  remember: ({ format, template, decoded }) => set({ format, template, decoded }),
}))

/** `selected` = the messages that are chosen in the log; null = none are. */
export const draftFor = (meant: ExportChoice, selected: SequenceRanges | null, last: Chosen): ExportDraft => ({
  kind: meant.kind,
  chosen: meant.kind === 'chosen' ? meant.ranges : selected,
  filter: meant.kind === 'topics' ? meant.filter : '#',
  format: last.format,
  template: last.template,
  decoded: last.decoded,
})

/** Null = it cannot be exported: a filter or a template is wrong. */
export const planOf = (draft: ExportDraft): ExportPlan | null => {
  const choice = choiceOf(draft)
  const isWrong = draft.format === 'template' && !parseTemplate(draft.template).ok
  if (!choice || isWrong) return null
  const { format, template } = draft
  return { choice, format, template, decoded: draft.decoded && canHoldDecoded(format) }
}

/** Null = the filter is none. */
export const choiceOf = ({
  kind,
  chosen,
  filter,
}: Pick<ExportDraft, 'kind' | 'chosen' | 'filter'>): ExportChoice | null => {
  if (kind === 'chosen') return { kind, ranges: chosen ?? [] }
  if (kind === 'topics') return topicFilterProblem(filter) === null ? { kind, filter } : null
  return { kind }
}
