import { Braces, Copy, Filter, FilterX, type LucideIcon } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { printJsonPath } from '#shared/json/jsonPath'
import { jsonPathTo, type JsonOutline } from '../../../decode/json/jsonOutline'
import type { QueryTerm } from '../../../model/query/queryTerm'
import { useCopyText } from '../../../state/clipboard'
import { logViewState } from '../../../state/logView'
import { useConnection } from '../../../state/useConnection'

/** Something that can be done with one value of a JSON payload. */
export interface ValueVerb {
  readonly id: 'filter' | 'exclude' | 'copyValue' | 'copyPath'
  readonly label: string
  /** Its label beside the value, where there is little room. */
  readonly word: string
  readonly icon: LucideIcon
  readonly run: () => void
}

/** What a value of JSON offers, by the line that it stands in. */
export const useValueVerbs = (): ((outline: JsonOutline, line: number) => readonly ValueVerb[]) => {
  const t = useTranslations('inspector.value')
  const copyText = useCopyText()
  const addTerm = useConnection(logViewState, (state) => state.addTerm)
  return (outline, line) => {
    const verb = (id: ValueVerb['id'], icon: LucideIcon, run: () => void): ValueVerb => ({
      id,
      label: t(`${id}.label`),
      word: t(`${id}.word`),
      icon,
      run,
    })
    return [
      verb('filter', Filter, () => addTerm({ not: false, test: testOf(outline, line) })),
      verb('exclude', FilterX, () => addTerm({ not: true, test: testOf(outline, line) })),
      verb('copyValue', Copy, () => void copyText(copiedValue(outline.valueText(line)))),
      verb('copyPath', Braces, () => void copyText(printJsonPath(jsonPathTo(outline.stepsTo(line))))),
    ]
  }
}

/** That a message has this value at this place; of an object or an array, that it has one there. */
const testOf = (outline: JsonOutline, line: number): QueryTerm['test'] => {
  const path = jsonPathTo(outline.stepsTo(line))
  const text = outline.valueText(line)
  const value = text.startsWith('"')
    ? ({ type: 'text', text: copiedValue(text) } as const)
    : text === 'true' || text === 'false' || text === 'null'
      ? ({ type: 'word', word: text } as const)
      : ({ type: 'number', text } as const)
  const test = /^[[{]/.test(text) ? ({ op: 'exists' } as const) : ({ op: '=', value } as const)
  return { kind: 'field', field: { source: 'payload', path }, test }
}

/** A string without its quotes and escapes; everything else as it is written, so that numbers keep every digit. */
const copiedValue = (text: string): string => (text.startsWith('"') ? String(JSON.parse(text)) : text)
